// Where a secret may be seen in a canary run, each with its reason: what a test itself puts there, as the person or the
// server whose secret it is. Everything else is a leak.
import type { Sighting } from './canary.ts'

const allowedPlaces: readonly { readonly place: RegExp; readonly canary: RegExp; readonly why: string }[] = [
  {
    place: /\/passphrase-of-a-person$/,
    canary: /^marked secret$/,
    why: 'the file from which a person lets the product read the vault passphrase (--vault-passphrase-file)',
  },
  {
    place: /\/rackside-person-[^/]+\/\.ssh\/id_ed25519$/,
    canary: /key$/,
    why: "a person's own key, from which the product logs in",
  },
  {
    place: /\/rackside-key-[^/]+\/stranger$/,
    canary: /^private key$/,
    why: "a person's own key that no appliance knows",
  },
  {
    place: /\/demo\/(login-key|machines\/demo-[a-z0-9-]+\.json(\.\d+\.new)?)$/,
    canary: /^private key$/,
    why: 'keys of a simulated server: they open the simulation on this computer and nothing else; .new while it is written',
  },
  {
    place: /^rackside-lab-\d+\/(etc\/ssh\/ssh_host_[a-z0-9]+_key|run\/(key-before|inner-key))$/,
    canary: /^private key$/,
    why: 'host keys of an appliance, kept by its own sshd or put aside by the test that swaps them',
  },
]

export function leaksIn(sightings: readonly Sighting[]): Sighting[] {
  return sightings.filter(
    ({ where, canary }) => !allowedPlaces.some((one) => one.place.test(where) && one.canary.test(canary)),
  )
}
