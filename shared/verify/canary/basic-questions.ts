// The basic set: whether answers are technically sound, whatever they say. Also for models that answer nothing sensible,
// as those that only try out an appliance. A first answer is asked for twice.
import type { ChatQuestion } from './chat-question.ts'

/** A word of small models of random weights soon comes again and again: not so soon. */
const maxTokens = 32

const hello = 'Say in one short sentence that you are ready.'

export const basicQuestions: readonly ChatQuestion[] = [
  { id: 'answers-en', asked: hello, maxTokens, demands: [], hopes: [] },
  { id: 'answers-zh', asked: '请用一句话说明你已准备好。', maxTokens, demands: [], hopes: [] },
  { id: 'same-twice', asked: hello, maxTokens, demands: [], hopes: [], repeats: 'answers-en' },
]
