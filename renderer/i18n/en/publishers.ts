// Labels of the publishers, in English.
export const publishers = {
  title: 'Publishers',
  titleCount: 'Publishers that are trusted to make bundles: {{count}}',
  lead: 'A bundle is used only if one of them signed it, and only as it was signed.',
  trusted: 'Trusted by this console',
  since: 'Trusted since {{date}}, by {{by}}',
  blocked: 'Takes back {{named}} since {{since}}: {{reason}}',
  emptyTitle: 'Nobody is trusted yet',
  emptyLead: 'A publisher is trusted where its first bundle lies, when its fingerprint has been compared.',
  toBundles: 'To the bundles',
  clockBehind: 'The clock of this computer is wrong: it has shown {{time}} before.',
  allowsUnsigned: 'RACKSIDE_ALLOW_UNSIGNED is on: bundles that nobody signed can be used. It is meant for developers.',
  remove: 'Remove',
  removeTitle: 'Trust {{id}} no more',
  removeWhat:
    'Its bundles will be refused, and what was seen of them is forgotten: trusted anew, an older bundle of it would be taken again. What it installed goes on.',
  typeId: 'Type {{id}}',
  removeIt: 'Trust it no more',
  pin: 'Trust this publisher',
  pinTitle: 'Trust {{name}}',
  pinWhat:
    'Whoever is trusted can put software of any kind on your servers. Ask {{name}} ({{id}}) for its fingerprint another way than the one this bundle came by: by telephone, or from a contract.',
  pinFingerprint: 'Fingerprint in this bundle',
  compared: 'I compared it: all of it is the same.',
  clockIsRight: 'The clock of this computer is right now; the later time was not.',
} as const
