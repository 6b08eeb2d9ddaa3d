// The public keys of those who release Rackside, in hex; an update is taken when one of them signed it. They are part of
// the program: no file, variable or option adds one. Empty, as long as nobody releases: every update is refused then.

export const releaseKeys: readonly string[] = []
