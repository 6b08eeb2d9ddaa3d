// jsdom once for all files of a worker: React, antd and what else looks at the window when it is loaded are loaded once
// too, in a third of the time. What one file leaves in the page is taken away before the next (fresh-page.ts).
import { builtinEnvironments, type Environment } from 'vitest/runtime'

const environment: Environment = {
  ...builtinEnvironments.jsdom,
  name: 'jsdom-once',
  async setup(global, options) {
    if (!('document' in global)) await builtinEnvironments.jsdom.setup(global, options)
    return { teardown: () => undefined }
  },
}

export default environment
