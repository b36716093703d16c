/**
 * Names as directories have them: a few very common ones, a long tail, in several languages at once. Common names stand first and get
 * Zipf's share; the tail of the family names is composed of the parts that they are made of in each language.
 */
export interface Culture {
  readonly share: number;
  readonly given: readonly string[];
  readonly families: readonly string[];
  /** What people are called instead, by given name. */
  readonly short: Readonly<Record<string, string>>;
}

const compose = (common: string, heads: string, tails: string): string[] => [
  ...common.split(' '),
  ...heads.split(' ').flatMap((head) => tails.split(' ').map((tail) => head + tail)),
];

export const CULTURES: readonly Culture[] = [
  {
    share: 30,
    given:
      'James Emma John Olivia Robert Sarah Michael Laura William Emily David Anna Richard Grace Thomas Hannah Charles Alice Daniel Jessica Matthew Lucy Anthony Sophie Mark Rachel Steven Rebecca Paul Amy Andrew Megan Joshua Chloe Kenneth Ruth Kevin Helen Brian Claire George Julia Edward Katherine Ronald Margaret Timothy Elizabeth Jason Victoria Jeffrey Susan Ryan Jennifer Jacob Patricia Gary Deborah Nicholas Catherine Eric Samantha Jonathan Christina Stephen Stephanie Larry Charlotte Justin Madeleine Scott Abigail Brandon Eleanor Benjamin Florence Samuel Harriet Gregory Imogen Frank Isabella Alexander Jasmine Patrick Josephine Jack Kimberley Dennis Lillian Jerry Matilda Tyler Naomi Aaron Phoebe Nathan Rosalind Adam Theresa Zachary Vivian Harold Winifred Aidan Beatrice Calvin Daphne Desmond Edith Elliot Fiona Gareth Gemma Graham Hazel Hugo Ingrid Ivor Jocelyn Keith Kirsten Leonard Lydia Malcolm Marion Maurice Melissa Miles Miriam Neil Nora Oscar Pamela Percy Penelope Quentin Ramona Reginald Rhiannon Roderick Rosemary Rupert Sabrina Sheldon Sylvia Terence Tabitha Trevor Ursula Vernon Wendy Wesley Yvonne Alistair Bridget Clive Dorothy Duncan Eileen Ewan Freya Gordon Gwen Hector Isla Kieran Lorna Lachlan Maeve Niall Orla Rory Saoirse Stuart Una'.split(
        ' ',
      ),
    families: compose(
      'Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker White Edwards Hughes Green Hall Lewis Harris Clarke Jackson Wood Turner Martin Cooper Hill Ward Morris Moore Clark Baker',
      'Ash Black Brad Brom Car Chal Chester Clif Cole Craw Dal Dun Elling Far Field Gold Hamp Har Haw Hol King Lang Lock Mar Mid Nor Oak Pem Rad Rock Shef Stan Stock Thorn Wake Wal Whit Win Wood York',
      'ton ley ford well worth field burn man wood ridge stead more bury croft ham by thorpe den land combe wick stone shaw hurst',
    ),
    short: {
      James: 'Jim',
      Robert: 'Bob',
      Michael: 'Mike',
      William: 'Bill',
      David: 'Dave',
      Richard: 'Rick',
      Thomas: 'Tom',
      Daniel: 'Dan',
      Matthew: 'Matt',
      Anthony: 'Tony',
      Steven: 'Steve',
      Andrew: 'Andy',
      Joshua: 'Josh',
      Kenneth: 'Ken',
      Edward: 'Ed',
      Katherine: 'Kate',
      Margaret: 'Maggie',
      Timothy: 'Tim',
      Elizabeth: 'Liz',
      Susan: 'Sue',
      Jennifer: 'Jen',
      Nicholas: 'Nick',
      Samantha: 'Sam',
      Jonathan: 'Jon',
      Christina: 'Chris',
      Benjamin: 'Ben',
      Samuel: 'Sam',
      Alexander: 'Alex',
      Patrick: 'Pat',
      Rebecca: 'Becky',
      Victoria: 'Vicky',
      Jacob: 'Jake',
      Zachary: 'Zach',
    },
  },
  {
    share: 25,
    given:
      'Thomas Anna Michael Julia Andreas Laura Stefan Sabine Christian Lena Peter Katharina Martin Susanne Markus Franziska Jürgen Petra Frank Monika Klaus Nicole Daniel Stefanie Tobias Claudia Matthias Melanie Sebastian Birgit Florian Heike Jan Silke Alexander Anja Jörg Kerstin Uwe Tanja Ralf Ute Dirk Jana Sven Ulrike Maximilian Johanna Jonas Hannah Lukas Sophie Felix Clara Philipp Antonia Benjamin Magdalena Johannes Theresa Friedrich Charlotte Konstantin Mathilda Wolfgang Gudrun Günter Hildegard Björn Käthe Søren Margarethe Achim Annegret Armin Bettina Bernd Britta Carsten Cornelia Detlef Dagmar Eberhard Elke Erik Eva Ewald Frauke Gerald Gisela Gregor Hedwig Hagen Helga Holger Ilona Ingo Inge Joachim Jutta Jochen Karin Kai Katrin Lars Leonie Lothar Luise Manfred Mareike Marcel Marlene Nils Nadine Norbert Nele Olaf Pia Oskar Ronja Pascal Ruth Rainer Simone Roland Sonja Rüdiger Svenja Steffen Tabea Thorsten Tina Torben Vera Udo Verena Volker Wiebke'.split(
        ' ',
      ),
    families: compose(
      'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler Groß',
      'Acker Berg Birken Bruch Buch Busch Dorn Eichen Erlen Feld Gold Grün Haber Hirsch Hohen Holz Kalten Kirch Kling Kron Lauten Linden Mühl Neu Ober Rosen Roth Sand Schön Stein Stern Thal Unter Wald Weiden Weiß Winter Zell',
      'mann bach berg feld hauser maier schmidt stein wald müller berger hofer dorfer huber thaler reuter hardt kamp busch graben leitner meister kötter vogel lechner',
    ),
    short: {
      Michael: 'Michi',
      Andreas: 'Andi',
      Stefan: 'Steff',
      Christian: 'Chris',
      Katharina: 'Kathi',
      Susanne: 'Susi',
      Franziska: 'Franzi',
      Tobias: 'Tobi',
      Matthias: 'Matze',
      Sebastian: 'Basti',
      Alexander: 'Alex',
      Ulrike: 'Uli',
      Maximilian: 'Max',
      Johanna: 'Hanna',
      Johannes: 'Hannes',
      Magdalena: 'Lena',
      Friedrich: 'Fritz',
      Stefanie: 'Steffi',
      Benjamin: 'Ben',
      Theresa: 'Resi',
      Günter: 'Günni',
    },
  },
  {
    share: 12,
    given:
      'María José Carmen Antonio Ana Manuel Isabel Francisco Laura Juan Cristina David Marta Javier Lucía Daniel Paula Carlos Elena Miguel Rosa Rafael Pilar Pedro Teresa Alejandro Beatriz Ángel Silvia Fernando Raquel Pablo Sofía Sergio Nuria Jorge Inés Alberto Julia Álvaro Alba Diego Sara Adrián Noelia Raúl Rocío Iván Irene Agustín Amparo Andrés Aurora Bruno Blanca César Carolina Cristóbal Consuelo Emilio Dolores Enrique Esperanza Esteban Eva Felipe Gloria Gonzalo Inmaculada Guillermo Jimena Héctor Leticia Hugo Lorena Ignacio Luisa Joaquín Magdalena Julián Mercedes Lorenzo Miriam Marcos Mónica Mateo Natalia Nicolás Olga Óscar Patricia Ramón Rebeca Ricardo Sonia Roberto Susana Rodrigo Verónica Santiago Victoria Tomás Virginia Vicente Yolanda'.split(
        ' ',
      ),
    families: compose(
      'García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Ruiz Díaz Álvarez Moreno Muñoz Romero Torres Vázquez Ramos Serrano Ortega',
      'Agui Alar Arre Barr Bel Cal Camp Car Cast Cor Domin Esp Fon Gal Her Igle Lor Mar Mon Nav Oli Pal Quin Roble San Sol Tor Val Ver Zam',
      'illo ano era ana ero ales edo ente oso anda ola eda ito ares ón ijo uela azo enda ilar eiro ez',
    ),
    short: { José: 'Pepe', Francisco: 'Paco', Manuel: 'Manu', Isabel: 'Isa', Alejandro: 'Ale' },
  },
  {
    share: 10,
    given:
      'Anna Jan Katarzyna Piotr Olga Dmitri Natalia Andrei Tatiana Sergei Ekaterina Alexei Irina Mikhail Elena Pavel Zofia Tomasz Agnieszka Łukasz Magdalena Michał Jelena Nikola Milena Bojan Jana Petr Lucie Marek Oksana Taras Vesna Goran Ivana Zoran Lenka Ondřej Hana Jiří Aleksandra Anton Barbara Bogdan Daria Boris Dorota Damian Ewa Denis Galina Filip Halina Grzegorz Iveta Igor Jadwiga Ivan Joanna Jakub Kamila Karel Karolina Kirill Ksenia Krzysztof Larisa Lev Ludmila Maciej Małgorzata Maksim Marina Martin Monika Matej Nadezhda Oleg Nina Paweł Polina Radek Sofia Roman Svetlana Stanislav Teresa Vadim Valentina Viktor Věra Vladimir Wanda Wojciech'.split(
        ' ',
      ),
    families: compose(
      'Ivanov Nowak Kowalski Petrov Novák Horvat Popov Wójcik Svoboda Jovanović Kozlov Zieliński Kovačević Dvořák Sokolov',
      'Bar Bel Bog Bor Chern Dan Dub Gol Gor Grab Jan Kal Kam Kor Kras Kuz Lev Lis Mal Mor Nov Orl Pav Pet Rom Sav Sid Sok Tar Vin Vol Zap Zim',
      'ov ski enko ić ák iński evich yuk owicz ek an ar in ovich czyk ka ev ulec',
    ),
    short: {
      Katarzyna: 'Kasia',
      Dmitri: 'Dima',
      Tatiana: 'Tanya',
      Ekaterina: 'Katya',
      Mikhail: 'Misha',
      Magdalena: 'Magda',
      Natalia: 'Natasha',
    },
  },
  {
    share: 10,
    given:
      'Aarav Priya Rahul Ananya Arjun Divya Vikram Kavya Rohan Neha Amit Pooja Sanjay Shreya Rajesh Lakshmi Suresh Meera Karthik Nisha Anil Deepa Vivek Swati Manish Anjali Nikhil Sunita Ashok Radha Harish Gayatri Ganesh Sneha Naveen Padma Prakash Rekha Ravi Usha Abhishek Aditi Ajay Amrita Akash Archana Alok Asha Aman Bhavna Anand Chitra Arvind Geeta Ashwin Indira Bharat Jyoti Chetan Kamala Deepak Kirti Dinesh Lalita Gaurav Madhuri Gopal Malini Hemant Manisha Jatin Mridula Kiran Nandini Kunal Parvati Lalit Preeti Manoj Rashmi Mohan Ritu Mukesh Sapna Neeraj Sarita Pankaj Savita Pranav Shanti Rakesh Shilpa Sachin Smita Sandeep Sudha Sunil Tara Tarun Uma Varun Vandana Vinod Vidya Yash Vimala'.split(
        ' ',
      ),
    families: compose(
      'Sharma Singh Kumar Gupta Reddy Rao Iyer Nair Mehta Joshi Das Verma Shah Agarwal Chatterjee',
      'Achar Bala Bhatta Chandra Deva Ganga Hari Indra Jaya Krishna Maha Naga Padma Raja Rama Shiva Siva Sri Surya Tiru Udaya Vara Vijay Yoga',
      'murthy nathan swamy raman das rajan kar pillai varma sundaram wala priya chandran krishnan dev lal nand shekhar',
    ),
    short: {},
  },
  {
    share: 8,
    given:
      'Wei Fang Min Jing Lei Hui Yan Li Jun Ying Hao Xin Mei Tao Na Chen Yu Lin Bo Qing Minh Linh Anh Huong Tuan Thao Duc Lan Hiroshi Yuki Kenji Sakura Takashi Aiko Satoshi Naoko Jihoon Minji Seojun Hana'.split(
        ' ',
      ),
    families: compose(
      'Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Nguyen Tran Le Pham Kim Lee Park Choi Sato Suzuki Takahashi Tanaka',
      'Fuji Haya Hashi Ino Ishi Kawa Kita Kobaya Matsu Mori Mura Naka Nishi Oga Saka Shima Tani Ueda Yama Yoshi',
      'moto shita gawa mura da ta no ki saki hara zawa uchi be hira kami mizu sawa',
    ),
    short: {},
  },
  {
    share: 5,
    given:
      'Mohammed Fatima Ahmed Aisha Ali Zeynep Mehmet Elif Mustafa Leyla Hassan Noor Omar Yasmin Yusuf Amina Ibrahim Salma Khalid Mariam Emre Ayşe Can Selin Karim Nadia Tariq Samira Bilal Rania'.split(
        ' ',
      ),
    families: compose(
      'Yılmaz Kaya Demir Khan Hussain Hassan Ali Ahmad Şahin Çelik Haddad Mansour',
      'Abdul Al Bay Bou Dag Er Far Ghaz Ham Jab Kara Mas Nas Oz Qas Rah Sal Taş Yıl Zai',
      'oğlu man ari awi ouri dari ani khani demir kaya tekin türk can soy er bek zade',
    ),
    short: { Mohammed: 'Mo' },
  },
];
