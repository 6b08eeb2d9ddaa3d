// What a step of a connection test found, as the words of a language say it.
import type { ConnectFact } from '../domain/connect-step.ts'
import type { Words } from './words.ts'

export function connectFactText(fact: ConnectFact, { connect }: Pick<Words, 'connect'>): string {
  switch (fact.about) {
    case 'network-address':
      return fact.networkAddress
    case 'port':
      return connect.answers(fact.host, fact.port)
    case 'host-key':
      return connect.hostKey(fact)
    case 'login':
      return connect.login(fact.user, fact.method)
    case 'root':
      return connect.root[fact.how]
    case 'shell':
      return connect.shell(fact)
  }
}
