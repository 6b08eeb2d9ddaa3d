// Starts the clinic note helper: settings from the environment, one server, and an orderly end on
// SIGTERM within two seconds. A crash is logged by name and code alone, never with its message.
import { ConfigurationError, readConfiguration } from './configuration.mjs'
import { createServer } from './create-server.mjs'
import { describeError, writeLog } from './log.mjs'

const exitForWrongSetting = 78

function main() {
  const configuration = readConfiguration(process.env)
  const { server, shutDown } = createServer(configuration)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(0), 1_500).unref()
    await shutDown()
    writeLog('stopped')
    process.exitCode = 0
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  server.on('error', (error) => {
    writeLog('server_failure', describeError(error))
    process.exit(1)
  })
  server.listen(configuration.port, configuration.host, () => {
    const address = server.address()
    writeLog('listening', typeof address === 'object' && address !== null ? { port: address.port } : {})
  })
}

for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    writeLog('crash', describeError(error))
    process.exit(1)
  })
}
try {
  main()
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error
  writeLog('configuration_refused', { code: error.code, setting: error.setting })
  process.exitCode = exitForWrongSetting
}
