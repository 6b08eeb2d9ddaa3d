// A text cut into the pieces in which a model would write it: about four letters of English or one and a half
// Chinese characters each. They stand for tokens wherever the demo counts some.

export function piecesOf(text: string): string[] {
  return text.match(/ ?[A-Za-z0-9']{1,5}|[\u4e00-\u9fff]{1,2}|\s+|[\s\S]/gu) ?? []
}
