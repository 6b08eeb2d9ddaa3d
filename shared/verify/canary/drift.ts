// Holds the answers of a canary beside those of the result that somebody accepted: how much of their text is not there any
// more, and what they had then and lack now. A newer engine words things otherwise, so a little of both is nothing.
import type { CanaryProblem, CanaryQuestion, CanaryResult } from '../../domain/canary.ts'
import { basicQuestions } from './basic-questions.ts'
import type { Hope } from './chat-question.ts'
import { clinicalQuestions } from './clinical-questions.ts'
import { likeness } from './sketch.ts'

/** Of all answers together: what is left in common is what two texts of the same language have anyway. */
const otherFrom = 0.92
/** Of an answer: nothing of it is like the one before. */
const nothingLeft = 0.04
/** One property may go by chance; so many of them, and this share, do not. */
const [leastLost, lostShare] = [2, 1 / 3]

type Questions = readonly CanaryQuestion[]
type Baseline = Pick<CanaryResult, 'canaryId' | 'questions'>
type Compared = { readonly questions: CanaryQuestion[]; readonly baseline: NonNullable<CanaryResult['baseline']> }

/** Whether two results are of the same model asked the same. Its version may be another: that is what is looked at. */
export function isComparable(one: Pick<CanaryResult, 'subject' | 'set'>, other: Pick<CanaryResult, 'subject' | 'set'>) {
  const of = ({ subject: { host, port, deployment, entry, model }, set }: typeof one) =>
    [host, port, deployment, entry, model, set].join(' ')
  return of(one) === of(other)
}

export function compareWithBaseline(questions: Questions, { canaryId, questions: before }: Baseline): Compared {
  const pairs = questions.flatMap((now) => {
    const then = before.find((one) => one.question === now.question)
    return then === undefined || then.verdict === 'skipped' || now.verdict === 'skipped' ? [] : [{ now, then }]
  })
  const shares = pairs.flatMap(({ now, then }) =>
    now.sketch === undefined || then.sketch === undefined
      ? []
      : [{ question: now.question, share: 1 - likeness(now.sketch, then.sketch) }],
  )
  const drift = shares.length === 0 ? 0 : shares.reduce((sum, { share }) => sum + share, 0) / shares.length
  const lost = pairs.flatMap(({ now, then }) =>
    then.holds.filter((one) => !now.holds.includes(one)).map((property) => ({ question: now.question, property })),
  )
  const had = pairs.reduce((sum, { then }) => sum + then.holds.length, 0)
  const isLost = lost.length >= leastLost && lost.length >= had * lostShare
  const isOther = shares.length > 0 && drift >= otherFrom
  const judged = questions.map((one) => {
    const own = lost.filter(({ question }) => question === one.question).map(({ property }) => hopeOf(one, property))
    const counting = own.filter((hope) => isLost || hope?.isGrave === true)
    const share = shares.find(({ question }) => question === one.question)?.share ?? 0
    const gone = isOther && share >= 1 - nothingLeft
    return counting.length > 0 || gone ? drifted(one, counting) : one
  })
  // Together they are other answers, though none of them is another one altogether.
  const isNoted = judged.some(({ problems }) => problems.includes('drifted'))
  const worst = shares.toSorted((a, b) => b.share - a.share)[0]?.question
  const marked = isOther && !isNoted ? judged.map((one) => (one.question === worst ? drifted(one, []) : one)) : judged
  return { questions: marked, baseline: { canaryId, drift: Math.min(1, Math.max(0, drift)), lost } }
}

function drifted(one: CanaryQuestion, lost: readonly (Hope | undefined)[]): CanaryQuestion {
  const named = lost.flatMap((hope): CanaryProblem[] => (hope === undefined ? [] : [hope.problem]))
  return { ...one, verdict: 'failed', problems: [...new Set([...one.problems, ...named, 'drifted' as const])] }
}

function hopeOf({ question }: CanaryQuestion, property: string): Hope | undefined {
  const all = [...clinicalQuestions, ...basicQuestions]
  return all.find(({ id }) => id === question)?.hopes.find(({ name }) => name === property)
}
