// Asks one question of a set and judges what comes back: at temperature 0, with a bound of its own, and without thinking
// where an engine can be told so. A model that thinks all the same, or does not come to its answer, is given more room.
import { createHash } from 'node:crypto'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { MetricsReader } from '../../../shared/domain/deployment.ts'
import type { EvaluationRecord } from '../../../shared/domain/evaluation.ts'
import type { EvaluationItem } from '../../../shared/domain/evaluation-set.ts'
import { evidence } from '../../../shared/domain/failure.ts'
import type { HeardAnswer } from '../../../shared/verify/canary/heard-answer.ts'
import { finalPart } from '../../../shared/verify/evaluation/final-part.ts'
import { questionText } from '../../../shared/verify/evaluation/item-question.ts'
import { readLetters } from '../../../shared/verify/evaluation/read-letters.ts'
import type { Clock } from '../bounded-body.ts'
import { askChat } from '../canary/ask-chat.ts'
import { chatBody } from '../canary/chat-body.ts'

/** For one answer. */
const questionSeconds = 180
const thinkingTokens = 4096
const answerKept = 1900
const detailKept = 280

/** `engine` is missing where nobody knows which one it is. */
export type AskedModel = {
  readonly port: number
  readonly readyPath: string
  readonly model: string
  readonly engine: MetricsReader | undefined
}

export type AskWish = {
  readonly outputTokens: number
  readonly seed: number
  /** A person asked for what the answers say. */
  readonly keepsText: boolean
}

/** `isAlive`: it answered, if only to refuse the question. */
export type AskedItem = { readonly record: EvaluationRecord; readonly isAlive: boolean }

export type ItemAsker = {
  /** It has shown that it thinks before it says anything. */
  thinks(): boolean
  ask(place: number, item: EvaluationItem, signal: AbortSignal): Promise<AskedItem>
}

export function itemAsker(
  connection: Connection,
  asked: AskedModel,
  tools: AskWish & { readonly clock: Clock },
): ItemAsker {
  const { clock, keepsText, seed } = tools
  const { model, engine } = asked
  let thinks = false
  let isRoomy = false

  async function answerTo(item: EvaluationItem, signal: AbortSignal): Promise<HeardAnswer> {
    const askFor = (tokens: number) => {
      const body = chatBody({ asked: questionText(item) }, { model, engine, tokens, seed })
      return askChat(connection, { port: asked.port, body }, { clock, signal, seconds: questionSeconds })
    }
    const wasRoomy = isRoomy
    const first = await askFor(wasRoomy ? tools.outputTokens + thinkingTokens : tools.outputTokens)
    if (isThinking(first)) thinks = true
    if (wasRoomy || signal.aborted || !isCutBefore(first, item)) return first
    isRoomy = true
    const second = await askFor(tools.outputTokens + thinkingTokens)
    if (isThinking(second)) thinks = true
    return second
  }

  return {
    thinks: () => thinks,
    async ask(place, item, signal) {
      const beganMs = clock()
      const answer = await answerTo(item, signal)
      const milliseconds = Math.max(0, Math.round(clock() - beganMs))
      const record = { item: place, milliseconds, ...judged(answer, item, keepsText) }
      return { record, isAlive: isAliveAfter(answer) }
    },
  }
}

/** Some models think without the marks that engines know, and are known by the headings that they write. */
function isThinking({ finishReason, thinks, says }: HeardAnswer): boolean {
  return finalPart(says) !== says || (finishReason === 'length' && thinks !== '')
}

/** It ended for its length before it came to what can be read. */
function isCutBefore({ end, finishReason, says }: HeardAnswer, item: EvaluationItem): boolean {
  return end === 'whole' && finishReason === 'length' && readLetters(finalPart(says), item) === undefined
}

/** Whoever refuses a question as one that is wrong is there, and may answer the next. */
function isAliveAfter({ end, detail = '' }: HeardAnswer): boolean {
  return end === 'whole' || (end === 'refused' && /^HTTP 4\d\d\b/.test(detail))
}

function judged(
  answer: HeardAnswer,
  item: EvaluationItem,
  keepsText: boolean,
): Omit<EvaluationRecord, 'item' | 'milliseconds'> {
  const { end, detail = end, says, thinks } = answer
  if (end !== 'whole') return { verdict: 'failed', detail: evidence(detail, detailKept) }
  const chosen = readLetters(finalPart(says), item)
  const verdict = chosen === undefined ? 'unreadable' : chosen === item.right ? 'right' : 'wrong'
  return {
    verdict,
    ...(chosen !== undefined && { chosen }),
    answerDigest: createHash('sha256').update(`${thinks}${says}`).digest('hex'),
    ...(keepsText && { says: evidence(says, answerKept) }),
  }
}
