/** Names of people, with and without marks, of several scripts. */
export const FIRST_NAMES: readonly string[] = (
  'Ada Amélie Anouk Arjun Astrid Ayşe Benoît Björn Carmen Chidi Chloé Dariusz Deepa Diego Dmitri Elif Emeka Erik Esther Fatima ' +
  'Femke Gabriela Giulia Hana Haruto Hugo Ifeoma Ingrid Isabel Ivan Jamal Jana José Jun Kaito Kavya Khalid Klára Lars Leila ' +
  'Lena Liam Lucía Łukasz Mai Marco Mariam Mateo Maya Mei Mina Miriam Mohammed Nadia Naomi Ngozi Nikhil Nora Oksana Olu Oscar ' +
  'Paula Pedro Petra Priya Quentin Rahul Renata Rosa Ruth Sakura Samir Sanne Siobhán Sofia Sven Tariq Tess Thandi Tomás Uma ' +
  'Valentina Viktor Wanjiru Wei Xiomara Yara Yusuf Zoë Zsófia 明美 서연'
).split(' ');

export const LAST_NAMES: readonly string[] = (
  'Adeyemi Andersson Aoki Bakker Bauer Bianchi Castillo Chen Cohen Costa Dąbrowski Delgado Diallo Dubois Eriksen Evans Fernández ' +
  'Fischer García Haddad Hansen Hernández Horváth Ibrahim Ito Ivanova Jansen Johansson Kamau Kaya Kim Kowalska Kumar Larsen ' +
  'Laurent Lindqvist López Martin Mbeki Mehta Meyer Moreau Müller Murphy Nakamura Ndiaye Nguyen Novák Nowak O’Brien Okafor Oliveira ' +
  'Osei Papadopoulos Park Patel Pereira Petrov Quispe Rahman Reyes Ricci Rossi Sánchez Santos Sato Schneider Silva Singh Smirnov ' +
  'Sørensen Suzuki Takahashi Tanaka Tran Umar Van-Dijk Varga Vasquez Wagner Wang Weber Wójcik Yamamoto Yıldız Zhang Zimmermann'
).split(' ');

export const TITLES: readonly string[] = [
  'Backend engineer',
  'Frontend engineer',
  'Product designer',
  'Product manager',
  'Data analyst',
  'Support lead',
  'Office manager',
  'Head of finance',
  'Recruiter',
  'Site reliability engineer',
  'Technical writer',
  'Account executive',
];

/** IANA zones with how many of a hundred people live there. */
export const ZONES: readonly (readonly [zone: string, share: number])[] = [
  ['Europe/Berlin', 22],
  ['Europe/London', 16],
  ['America/New_York', 16],
  ['America/Los_Angeles', 12],
  ['Asia/Kolkata', 12],
  ['America/Sao_Paulo', 7],
  ['Asia/Tokyo', 7],
  ['Australia/Sydney', 5],
  ['Africa/Nairobi', 3],
];
