// What somebody pastes into a terminal: letters, tabs and line ends. Controls that were hidden in it stay out, so that it
// types what was to be read where it was copied, and nothing that runs by itself.

/** C0 but for tab and line ends, and C1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

export function pastedText(raw: string): string {
  return raw.replaceAll(/\r\n?/g, '\n').replace(hidden, '')
}

/** A line end runs what stands before it. */
export function runsAtOnce(pasted: string): boolean {
  return pasted.includes('\n')
}

/** In pieces that one call takes, never within a letter. */
export function inPieces(keys: string, most: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const letter of keys) {
    if (piece.length + letter.length > most) {
      pieces.push(piece)
      piece = ''
    }
    piece += letter
  }
  return piece === '' ? pieces : [...pieces, piece]
}
