// The states that a person looks through to know the face of the product, in the order of a journey, each with the reason
// why it is worth a look.

export type ChosenScene = { readonly scene: string; readonly why: string }

export const chosenScenes: readonly ChosenScene[] = [
  { scene: 'fleet/empty', why: 'The first thing anybody sees: what will be here, and the two ways to fill it' },
  { scene: 'demo/screen', why: 'The demo: what can be made to go wrong' },
  { scene: 'fleet/normal', why: 'The board on a usual day: who needs me comes first' },
  { scene: 'fleet/many', why: 'The board with everything on it: long names, one card, no card, nobody reachable' },
  { scene: 'fleet/wall', why: 'The wall: read from three metres' },
  { scene: 'add/fingerprint', why: 'The one protection against somebody in between, asked once' },
  { scene: 'add/login', why: 'How one logs in, before anything is sent' },
  { scene: 'appliance/degraded', why: 'Overview: the verdict with its reason, the figures, what to do' },
  { scene: 'appliance/hardware', why: 'Hardware: eight cards in a table' },
  { scene: 'appliance/deployments', why: 'Deployments: their checks, versions and acts' },
  { scene: 'observe/eight', why: 'Monitor, live: heat strip and small multiples' },
  { scene: 'observe/past-day', why: 'Monitor, the past: gaps are gaps, events on the time axis' },
  { scene: 'observe/inference', why: 'Inference: what the engine says of itself' },
  { scene: 'appliance/doctor', why: 'Doctor: findings with their evidence and remedy' },
  { scene: 'appliance/upkeep', why: 'Upkeep: versions, volumes, what can be taken back' },
  { scene: 'appliance/access', why: 'Access: what is open on the network, and to whom' },
  { scene: 'appliance/acceptance', why: 'Acceptance: the server proven as a whole' },
  { scene: 'appliance/history', why: 'History: runs and who did what' },
  { scene: 'setup-look/eight', why: 'Setup, found: what is inside' },
  { scene: 'setup-plan/proposal', why: 'Setup, proposal: ranked, with why not the larger one' },
  { scene: 'setup-plan/review', why: 'Setup, review: what will happen, before anything does' },
  { scene: 'setup-plan/review-blocked', why: 'A plan that cannot be run, and why' },
  { scene: 'setup-run/copying', why: 'Progress: bytes, speed, time left, and whether one may leave' },
  { scene: 'setup-run/proven', why: 'Proof: an answer, two figures, the ladder of checks' },
  { scene: 'setup-run/failed', why: 'A step failed: what happened, where, what next' },
  { scene: 'trust/retrust', why: 'A changed host key: both fingerprints, trusted as an act of its own' },
  { scene: 'catalog/browse', why: 'The catalog: what fits' },
  { scene: 'catalog/model-fits', why: 'A model: its forms, the one that fits here, the memory it needs' },
  { scene: 'places/runs', why: 'All runs' },
  { scene: 'alerts/now', why: 'Alerts: what needs somebody now' },
  { scene: 'rollout/going', why: 'A rollout, ring by ring' },
  { scene: 'places/settings', why: 'Settings' },
]
