// The form of a label set in another language: the same keys at every depth, any text. A missing or an
// extra key does not compile.
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> }
