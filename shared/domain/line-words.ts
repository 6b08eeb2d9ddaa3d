// Reading lines that a script of ours printed: a word, and the rest as it is.

export function splitOnce(line: string): [word: string, rest?: string] {
  const at = line.indexOf(' ')
  return at < 0 ? [line] : [line.slice(0, at), line.slice(at + 1)]
}
