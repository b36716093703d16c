/**
 * Names as they are made in languages where a display name is no given name before a family name: few surnames for many people
 * (Vietnam, Korea, China), the family name first, two surnames (Spain, Latin America), patronymics (Russia, Iceland), other scripts, and
 * one name in several Latin spellings (Arabic, Cyrillic). Shares of surnames after the countries' statistics: Nguyễn about 38 %, Kim 21 %.
 */
type Order = 'given-first' | 'family-first' | 'two-surnames' | 'patronymic';

export interface Elsewhere {
  readonly share: number;
  readonly order: Order;
  readonly given: readonly string[];
  readonly families: readonly string[];
  /** How many of those with a common surname have not this one but one that follows. */
  readonly steepness: number;
  readonly zones: readonly string[];
  /** Other spellings of a word, each as common as the next. */
  readonly spelled: Readonly<Record<string, readonly string[]>>;
  readonly called: Readonly<Record<string, string>>;
}

const words = (text: string) => text.split(' ');
const composed = (heads: string, tails: string, between = '') =>
  words(heads).flatMap((head) => words(tails).map((tail) => head + between + tail));

export const ELSEWHERE: readonly Elsewhere[] = [
  {
    share: 16,
    order: 'family-first',
    // A middle word that is half of the name; `_` is the space.
    given: composed(
      'Thị Văn Minh Ngọc Thanh Đức Thu Quốc Hữu Kim',
      'Anh Minh Linh Huong Tuan Thao Duc Lan Hung Mai Nam Phuong Quang Trang Khoa Ngoc Long Yen Bao Hanh Dung Thu Son Vy Hai Hoa Kien Nhung Phuc Giang Thanh Ha Vinh Dao Tam Uyen Loc Chau Trung Nga',
      '_',
    ),
    families: words('Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý'),
    steepness: 0.72,
    zones: ['Asia/Ho_Chi_Minh', 'Asia/Singapore'],
    spelled: {},
    called: {},
  },
  {
    share: 14,
    order: 'family-first',
    given: composed(
      'Min Seo Ji Hyun Soo Jun Ha Do Yu Sung Eun Tae Chae Dong So Young Hye Kyung Na Seung Da In Bo Won',
      'jun yeon ho woo jin seo yoon hyun na min ji yang won hee jae soo ri hye',
    ),
    families: words('Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song'),
    steepness: 0.8,
    zones: ['Asia/Seoul'],
    spelled: { Lee: ['Lee', 'Yi'], Park: ['Park', 'Bak'], Choi: ['Choi', 'Choe'], Jung: ['Jung', 'Jeong'] },
    called: { Minjun: 'MJ', Jiho: 'Jay' },
  },
  {
    share: 22,
    order: 'two-surnames',
    given: words(
      'José_Luis María_José Juan_Carlos Ana_Belén Lucía Pablo Carmen Diego Valentina Mateo Camila Andrés Gabriela Sebastián Luis_Fernando Mónica Ángel Inés Óscar Julián Rocío Iván Begoña Íñigo Itziar Joaquín Noemí Félix Verónica Ramón Adrián Natalia Tomás Paula Hernán Ximena Bruno Daniela Emilio Renata Facundo Martina Gonzalo Julieta Rodrigo Abril',
    ),
    families: [
      ...words(
        'García Martínez López Sánchez Pérez Gómez Fernández Moreno Jiménez Ruiz Hernández Díaz Álvarez Muñoz Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Serrano Blanco Molina Castro Ortiz Rubio Marín Sanz Iglesias Núñez Medina Cortés Castillo Garrido Santos Lozano Guerrero Cano Méndez Cruz Prieto Calvo Gallego Vidal León Márquez Peña Cabrera Herrera Campos Vega Fuentes Carrasco Diez Reyes Caballero Nieto',
      ),
      ...composed(
        'Aran Bar Cal Esc Fer Gal Her Iba Lar Mon Oli Pal Que Riv Sal Tej Ur Val Zab Zur',
        'ida eda osa uela aga era eta ondo alde arte',
      ),
    ],
    steepness: 0.96,
    zones: ['Europe/Madrid', 'America/Bogota', 'America/Mexico_City'],
    spelled: {},
    called: { José_Luis: 'Pepe', María_José: 'Majo', Gabriela: 'Gabi', Sebastián: 'Sebas', Daniela: 'Dani' },
  },
  {
    share: 18,
    order: 'patronymic',
    given: words(
      'Иван Анна Сергей Ольга Дмитрий Наталья Алексей Екатерина Михаил Татьяна Андрей Юлия Николай Светлана Павел Ирина Евгений Мария Владимир Ксения Роман Людмила Виктор Полина Артём Жанна Юрий Яна Фёдор Алёна',
    ),
    families: [
      ...words(
        'Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Орлов Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Щербаков Жуков Юдин Цветков Харитонов',
      ),
      ...composed(
        'Бел Бор Вар Гав Гор Дан Ерм Жар Зим Кал Кор Крас Лоб Мар Мед Нос Рыб Сав Тар Уш Хар Чер Шир Яр',
        'ов ин аев енко ский',
      ),
    ],
    steepness: 0.95,
    zones: ['Europe/Belgrade', 'Asia/Tbilisi', 'Asia/Almaty'],
    spelled: {},
    called: { Иван: 'Ваня', Сергей: 'Серёжа', Дмитрий: 'Дима', Михаил: 'Миша', Екатерина: 'Катя', Ольга: 'Оля' },
  },
  {
    share: 18,
    order: 'given-first',
    given: words(
      'Jürgen Käthe Björn Søren Åsa Łukasz Małgorzata Zoë Renée François Günther Jörg Elżbieta Paweł Agnieszka Håkon Jörn Mirosław Grażyna Thérèse Noël Ueli Rösli Bärbel Marek Ewa Klara Henrik Astrid Torsten Silke Anke Piotr Magnus Ingrid Lotta Beata Ryszard',
    ),
    families: [
      ...words(
        'Müller Jäger Schröder Größ Köhler Böhm Løvgren Ødegård Åkesson Łukasik Wiśniewski Dąbrowski Wójcik Kamiński Szymański Woźniak Jabłoński Lefèvre Dübendorfer Zürcher Rüegg Bäumler Strauß Weiß Kröger Förster Søndergaard Bjørnstad Håkansson Lindström Öberg Ekström Grünwald Schönfeld Möllendorf Überschär Kühnel Würth Knöpfel Höfler Gąsior Mączyński Świątek Ślusarski Żurawski Ćwikła Rönnqvist Nyström Hägglund Sjöberg',
      ),
      ...composed(
        'Acker Birk Dorn Ell Fal Gers Hage Iver Jans Kall Lau Mell Nor Ost Quar Rend Sall Tor Uhl Veit',
        'sen mann feld lund ning rup by ius eck hagen',
      ),
      ...composed('Berg Sand Lund Holm Stein Wald Eich Rosen Kron Lind', 'ström gren quist mann hof dahl ner meister'),
    ],
    steepness: 0.97,
    zones: ['Europe/Berlin', 'Europe/Zurich', 'Europe/Warsaw', 'Europe/Stockholm'],
    spelled: {},
    called: { Małgorzata: 'Gosia', Agnieszka: 'Aga', Elżbieta: 'Ela', Jürgen: 'Jürg' },
  },
  {
    share: 12,
    order: 'given-first',
    given: words(
      'Mohammed Ahmed Fatima Hussein Yusuf Aisha Omar Khadija Ibrahim Zaynab Khaled Layla Mustafa Maryam Hamza Noura Bilal Salma Karim Huda Tariq Rania Walid Amal Samir Dina',
    ),
    families: [
      ...words(
        'Al-Sayed Haddad El-Masri Khoury Mansour Al-Hashimi Nasser Abdallah Saleh Rahman Chowdhury Sheikh Qureshi Siddiqui Malik Farooq Darwish Aziz Bakr Hamdan Najjar Sabbagh Tawfiq Zaki Issa Barakat Shaheen Othman',
      ),
      ...composed(
        'Al- El_',
        'Amin Bakri Dabbagh Fahim Ghanem Habib Jaber Karam Labib Majid Nabil Omari Qasim Rashid Sabri Tamimi Wahab Yamani',
      ),
    ],
    steepness: 0.94,
    zones: ['Africa/Cairo', 'Asia/Dubai', 'Europe/London'],
    spelled: {
      Mohammed: ['Mohammed', 'Muhammad', 'Mohamed', 'Mohammad'],
      Ahmed: ['Ahmed', 'Ahmad'],
      Hussein: ['Hussein', 'Hussain', 'Husain'],
      Yusuf: ['Yusuf', 'Youssef', 'Yousef'],
      Fatima: ['Fatima', 'Fatimah'],
      Aisha: ['Aisha', 'Ayesha'],
      Khaled: ['Khaled', 'Khalid'],
      Layla: ['Layla', 'Leila'],
      Maryam: ['Maryam', 'Mariam'],
      Zaynab: ['Zaynab', 'Zeinab'],
      'Al-Sayed': ['Al-Sayed', 'El Sayed', 'Alsayed'],
      Othman: ['Othman', 'Osman'],
      Rahman: ['Rahman', 'Rehman'],
      Siddiqui: ['Siddiqui', 'Siddiqi'],
      Abdallah: ['Abdallah', 'Abdullah'],
    },
    called: { Mohammed: 'Mo' },
  },
];

const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya'
    .split(' ')
    .map((pair) => [pair.split(':')[0] ?? '', pair.split(':')[1] ?? '']),
);

/** As passports and keyboards without these letters write it; `loose` as people do (BGN/PCGN against what is read aloud). */
export function inLatin(text: string, loose: boolean): string {
  const spelled = [...text]
    .map((letter) => {
      const lower = letter.toLowerCase();
      const latin = CYRILLIC[lower];
      if (latin === undefined) return letter;
      const said = loose && (lower === 'ё' || lower === 'х') ? { ё: 'e', х: 'h' }[lower] : latin;
      return lower === letter ? said : said.charAt(0).toUpperCase() + said.slice(1);
    })
    .join('');
  return loose ? spelled.replaceAll(/(?<=[^aeiou])iy\b|yy\b/g, 'y').replaceAll(/ey\b/g, 'ei') : spelled;
}

/** In plain letters: as an umlaut is spelled out, or as it is when the dots are left away. */
export function plainly(text: string, spelledOut: boolean): string {
  const out: Readonly<Record<string, string>> = spelledOut
    ? { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', å: 'aa', Å: 'Aa', ø: 'oe', Ø: 'Oe' }
    : { ø: 'o', Ø: 'O' };
  return [...text]
    .map((letter) => ({ ß: 'ss', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ...out })[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}
