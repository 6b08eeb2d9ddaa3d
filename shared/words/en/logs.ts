// English: what services write.
import type { LogWords } from '../log-words.ts'

export const logs: LogWords = {
  nothing: "Nothing of Rackside's is installed there, so there is no log.",
  which: 'Several services write there. Name one of them behind the appliance:',
  source: ({ deployment, container, isUp }) => `  ${deployment} (${container}${isUp ? '' : ', does not run'})`,
  cut: (bytes) => `[cut: ${bytes} bytes more]`,
  lost: (why) => `The log is not read now: ${why} It goes on as soon as it can be read again.`,
  stopped: 'The container has stopped. Its log goes on when it runs again; Ctrl-C ends this.',
}
