// Variables replaced inside single words, so that nothing a catalog says can become a second word or a shell sign.

export type Variables = Readonly<Partial<Record<string, string>>>

export function fillWord(word: string, variables: Variables): string {
  // "constructor" is in every object, and no variable.
  const filling = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
  return word.replace(/\{([^{}]*)\}/g, (whole, name: string) => filling(name) ?? whole)
}
