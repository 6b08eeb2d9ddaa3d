// The line for a terminal that brings a port of an appliance's own loopback to the computer it is typed on.
import { type Address, type Appliance, addressText } from '../../../shared/domain/appliance.ts'
import { quoteWord } from '../../../shared/domain/quote.ts'

export function tunnelLine({ address, via = [] }: Pick<Appliance, 'address' | 'via'>, port: number): string {
  const jumps = via.map((jump) => jumpText(jump.address)).join(',')
  const words = [
    ...['ssh', '-N', '-L', `${port}:127.0.0.1:${port}`],
    ...(jumps === '' ? [] : ['-J', jumps]),
    ...['-p', String(address.port), `${address.user}@${address.host}`],
  ]
  return words.map(quoteWord).join(' ')
}

function jumpText({ user, ...place }: Address): string {
  return `${user}@${addressText(place)}`
}
