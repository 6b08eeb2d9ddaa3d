// Commands are values: an array of words, never a line of text. Secrets are wrapped, so that a
// command can be printed, journaled and compared without giving one away.
export type Privilege = 'login' | 'root'

/** A word that must not be shown: prints as [secret] wherever it is turned into text by accident. */
export class Secret {
  readonly #value: string
  constructor(value: string) {
    this.#value = value
  }
  reveal(): string {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
}

export type Command = { readonly words: readonly [string, ...string[]] }

/** A generated POSIX sh script. `name` is for messages; the text reaches the appliance on stdin, never in argv. */
export type Script = { readonly name: string; readonly text: string }

export function command(program: string, ...words: string[]): Command {
  return { words: [program, ...words] }
}
