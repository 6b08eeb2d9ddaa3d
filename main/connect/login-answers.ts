// What a login can still say: the password to the one hidden question, once, and the answers of a person in the
// order of the questions. A question that has no answer here gets none; nothing is guessed and nothing said twice.
import type { Secret } from '../../shared/domain/command.ts'
import { evidence } from '../../shared/domain/failure.ts'

export type Question = { readonly text: string; readonly hidden: boolean }

export type Answers = {
  readonly texts: readonly Secret[]
  /** What was asked when they were given: another question does not get them. Without it, any. */
  readonly questions?: readonly string[] | undefined
}

export type Answering = {
  takePassword(): Secret | undefined
  hasAny(): boolean
  /** One for each question, or none at all. */
  answersTo(questions: readonly Question[]): readonly Secret[] | undefined
}

const questionsShown = 16

/** Bounded, and safe to show: a server writes these texts. */
export function readQuestions(prompts: readonly { readonly prompt: string; readonly echo?: boolean }[]): Question[] {
  const shown = prompts.slice(0, questionsShown)
  return shown.map(({ prompt, echo }) => ({ text: evidence(prompt, 200), hidden: echo !== true }))
}

export function answering(login: { kind: string; password?: Secret; answers?: Answers }): Answering {
  let password = login.password
  let texts = login.answers?.texts ?? []
  let expected = login.answers?.questions
  const takePassword = (): Secret | undefined => {
    const taken = password
    password = undefined
    return taken
  }
  const take = (count: number): readonly Secret[] => {
    const taken = texts.slice(0, count)
    texts = texts.slice(count)
    expected = expected?.slice(count)
    return taken
  }
  return {
    takePassword,
    hasAny: () => password !== undefined || texts.length > 0,
    answersTo: (questions) => {
      const [first, ...more] = questions
      if (first?.hidden === true && more.length === 0 && password !== undefined) return [takePassword() as Secret]
      const same = questions.every(({ text }, at) => expected === undefined || expected[at] === text)
      return same && texts.length >= questions.length ? take(questions.length) : undefined
    },
  }
}
