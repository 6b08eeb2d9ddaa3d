// What a hostile appliance would print to move a cursor, fill a clipboard, forge a link, turn a line around or hide a
// difference: some two hundred sequences, and what must never be left of any of them.

const esc = '\u001b'
const stringEnds = ['\u0007', '\u001b\\', '\u009c']

const controls = [...range(0, 0x20), ...range(0x7f, 0xa0)]
  .filter((code) => code !== 0x09 && code !== 0x0a)
  .map((code) => String.fromCharCode(code))

/** Cursor and screen (CSI), with both introducers. */
const sequences = [
  '2J',
  'H',
  '1A',
  '3J',
  '?1049h',
  '?25l',
  '31m',
  '8m',
  '6n',
  '0c',
  '>c',
  '21t',
  '20t',
  '?2004h',
  '5i',
  '4l',
]
const screen = sequences.flatMap((end) => [`${esc}[${end}`, `\u009b${end}`])

/** Title, link, clipboard, palette, notification (OSC); DCS, SOS, PM and APC; each with every way to end it. */
const commands = [
  '0;title',
  '2;title',
  '8;;http://evil.example',
  '52;c;ZXZpbA==',
  '52;c;?',
  '4;1;?',
  '9;note',
  '777;notify;a;b',
  '1337;File=:AAAA',
]
const strings = [
  ...commands.flatMap((text) => [`${esc}]${text}`, `\u009d${text}`]),
  ...['P+q544e', 'P$qm', 'Pq#0', 'Xsos', '^pm', '_apc', '_Gf=100;AAAA'].map((text) => `${esc}${text}`),
].flatMap((begin) => stringEnds.map((end) => begin + end))

/** Reset, character sets, keypad, reports: escapes of one or two characters. */
const short = ['c', '7', '8', 'D', 'E', 'M', 'Z', '=', '>', '(0', '#8', ' F', 'N', 'O'].map((end) => esc + end)

const turned = [0x061c, 0x200e, 0x200f, ...range(0x202a, 0x202f), ...range(0x2066, 0x206a)].map((c) =>
  String.fromCodePoint(c),
)
const hidden = [
  0x180e, 0x200b, 0x2028, 0x2029, 0x2060, 0x2064, 0x206a, 0xfeff, 0xfff9, 0xfffb, 0xe0001, 0xe0041, 0xe007f,
].map((code) => String.fromCodePoint(code))
const plays = [
  `ok\r${esc}[2KHealthy`,
  'done\b\b\b\bfail',
  `${esc}[1A${esc}[2K${esc}[1G$ `,
  'safe\u202egnp.exe',
  '\u0000\u0000',
  `${esc}${esc}[${esc}]`,
]

export const hostileTexts: readonly string[] = [
  ...controls,
  ...screen,
  ...strings,
  ...short,
  ...turned,
  ...hidden,
  ...plays,
]

/** Anything that a terminal would act on or a reader could not see. Tab and line end are text. */
export const unclean =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}|[\u180e\u200b\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}
