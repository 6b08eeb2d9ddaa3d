// Asks a model that chats. One that thinks before it says anything is given more room once that shows.
import { createHash } from 'node:crypto'
import type { CanaryQuestion } from '../../../shared/domain/canary.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { evidence } from '../../../shared/domain/failure.ts'
import { basicQuestions } from '../../../shared/verify/canary/basic-questions.ts'
import type { ChatQuestion } from '../../../shared/verify/canary/chat-question.ts'
import { clinicalQuestions } from '../../../shared/verify/canary/clinical-questions.ts'
import type { HeardAnswer } from '../../../shared/verify/canary/heard-answer.ts'
import { allOf, judgeChat } from '../../../shared/verify/canary/judge-chat.ts'
import { decodeRate } from '../../../shared/verify/decode-rate.ts'
import { askChat } from './ask-chat.ts'
import type { Asker, CanaryService, CanaryTools } from './canary-service.ts'
import { chatBody } from './chat-body.ts'

/** For one answer. */
const questionSeconds = 180
const thinkingTokens = 4096
const answerKept = 1900

export const chatAsker = {
  questionsOf: (service: CanaryService) => questionsIn(service).map(({ id }) => id),
  over: askerOver,
}

function questionsIn({ set, callsTools }: CanaryService): readonly ChatQuestion[] {
  const all = set === 'basic' ? basicQuestions : clinicalQuestions
  return all.filter(({ tools }) => tools === undefined || callsTools)
}

function askerOver(connection: Connection, service: CanaryService, tools: CanaryTools): Asker {
  const questions = questionsIn(service)
  const { hostPort: port, modelName: model, metricsReader: engine } = service.proof
  const heard = new Map<ChatQuestion['id'], HeardAnswer>()
  let thinks = false

  async function answerTo(question: ChatQuestion, secondsLeft: number) {
    const { clock, signal } = tools
    const seconds = Math.ceil(Math.min(questionSeconds, secondsLeft))
    const askFor = async (tokens: number) => {
      const body = chatBody(question, { model, engine, tokens })
      return { answer: await askChat(connection, { port, body }, { clock, signal, seconds }), tokensAllowed: tokens }
    }
    const mustSay = question.language !== undefined || question.demands.length > 0
    const first = await askFor(thinks && mustSay ? thinkingTokens : question.maxTokens)
    const wasThinking = first.answer.finishReason === 'length' && first.answer.thinks !== ''
    if (thinks || !mustSay || !wasThinking || signal.aborted) return first
    thinks = true
    return askFor(thinkingTokens)
  }

  return {
    questions: questions.map(({ id }) => id),
    async ask(id, secondsLeft) {
      const question = questions.find((one) => one.id === id)
      if (question === undefined) throw new Error(`no question ${id}`)
      const { answer, tokensAllowed } = await answerTo(question, secondsLeft)
      heard.set(id, answer)
      const before = question.repeats === undefined ? undefined : heard.get(question.repeats)
      const judged = judgeChat(question, answer, { before, tokensAllowed })
      return {
        ...judged,
        ...figuresOf(answer),
        ...(tools.keepsAnswers && { says: evidence(allOf(answer), answerKept) }),
      }
    },
  }
}

function figuresOf(answer: HeardAnswer): Partial<CanaryQuestion> {
  const { pieces, outputTokens, firstMs, lastMs } = answer
  if (pieces === 0 || firstMs === undefined) return {}
  const answerTokens = outputTokens ?? pieces
  const rate = decodeRate(answerTokens, lastMs - firstMs)
  return {
    answerDigest: createHash('sha256').update(allOf(answer)).digest('hex'),
    ...{ answerTokens, ttftMs: firstMs },
    ...(rate.state === 'known' && { tokensPerSecond: rate.value }),
  }
}
