// A long prompt with one thing in it that is asked for: about 1,300 tokens of English. What was cut off before the model
// saw it is seen by what the server counts, and by what the answer does not find.
import { type ChatQuestion, says } from './chat-question.ts'

const things = ['gauze', 'blankets', 'gloves', 'masks', 'tubing', 'gowns', 'syringes', 'dressings', 'pillows', 'aprons']
const places = [
  'the north store',
  'the south store',
  'the linen room',
  'the corridor',
  'the treatment room',
  'the annex',
]

/** Line 20 of 70 is the one. */
function lines(): string[] {
  return Array.from({ length: 70 }, (_, at) => {
    if (at === 19) return 'The spare key of the blood refrigerator is in cabinet 4471.'
    const shelf = 100 + ((at * 37) % 89)
    return `The ${things[at % things.length]} of ward ${1 + (at % 12)} are in ${places[at % places.length]}, shelf ${shelf}.`
  })
}

export const storeQuestion: ChatQuestion = {
  id: 'long-text',
  asked: `${lines().join('\n')}\n\nIn which cabinet is the spare key of the blood refrigerator? Answer in one short sentence.`,
  ...{ maxTokens: 256, language: 'en', demands: [] },
  hopes: [{ name: 'finds-it', problem: 'property-missing', holds: says(/4471/) }],
}
