// Text from outside without what could make it look other than it is. Everything that shows such text goes through here.

/**
 * C0 and C1 but for tab and line end; what turns the direction of text; line ends that only some know; what is
 * invisible and can hide a difference. Joiners stay: scripts need them.
 */
const unsafeToShow =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** Without the characters that could move a cursor or turn a line around, each replaced by what `instead` makes of it. */
export function cleanText(raw: string, instead: (character: string) => string = () => ''): string {
  return raw.replace(unsafeToShow, instead)
}
