// The two messages between the preload and the main process; everything else goes through the port they agree on.

/** Preload to main: the page wants its link. */
export const connectChannel = 'rackside:connect'
/** Main to preload: the port, as the one transferred object. */
export const portChannel = 'rackside:port'
