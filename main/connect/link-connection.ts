// A Connection made of links: one for everything, others for uploads, so that gigabytes on their
// way never hold up a sample or a question. Whoever closes it closes all.
import type { Connection } from '../../shared/domain/connection.ts'
import type { Result } from '../../shared/domain/failure.ts'
import { engineOver } from './engine.ts'
import { httpOver } from './http.ts'
import type { Link } from './link.ts'
import { loopbackPortsOver } from './loopback-port.ts'
import { personShellOver } from './person-shell.ts'
import { runOver } from './run.ts'
import { isWatchHelper, type RootBy, sessionsOver } from './sessions.ts'
import { streamOver } from './stream.ts'
import { putOver } from './upload.ts'
import { uploadLinks } from './upload-link.ts'
import { watchOnlyOver } from './watch-only.ts'

export function connectionOver(
  link: Link,
  openUploadLink: () => Promise<Result<Link>>,
  { rootBy = 'sudo', severalUploadLinks = false }: { rootBy?: RootBy; severalUploadLinks?: boolean } = {},
): Connection {
  // The engine's kept channel is the one that nobody needs while somebody waits for a channel.
  const sessions = sessionsOver(link, rootBy, () => engine.rest())
  const loopbackPorts = loopbackPortsOver(sessions)
  const engine = engineOver(sessions)
  const uploads = uploadLinks(link, { open: openUploadLink, rootBy, severalAllowed: severalUploadLinks })
  const { openShell } = link
  const connection: Connection = {
    run: (what, options) => runOver(sessions, what, options),
    stream: (what, options) => streamOver(sessions, what, options),
    put: (artifact, source, options) => putOver(uploads, artifact, source, options),
    engine: () => engine,
    http: (request) => httpOver(sessions, loopbackPorts, request),
    ...(openShell && {
      openShell: (size) => personShellOver(link, openShell, { size, onCrowded: () => engine.rest() }),
    }),
    close: async () => {
      engine.close()
      await Promise.all([uploads.close(), link.close()])
    },
  }
  return isWatchHelper(rootBy) ? watchOnlyOver(sessions, connection, rootBy) : connection
}
