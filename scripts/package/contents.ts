// What may be in the archive of a desktop package, by place and kind. Whatever is not named here is a stranger: a source, a
// map, a test, a tool, a key that lay around.
const allowed: readonly RegExp[] = [
  /^dist\/electron\/(?:main\.mjs|preload\.cjs)$/,
  /^dist\/[a-z-]+-[A-Z0-9]{8}\.mjs$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2|svg|png)$/,
  /^node_modules\/(?:@libsql\/[\w-]+|@neon-rs\/load|libsql|detect-libc|libsql\/node_modules\/detect-libc)\/[\w./-]+\.(?:js|json|node)$/,
  /^node_modules\/(?:ssh2|asn1|bcrypt-pbkdf|safer-buffer|tweetnacl|systeminformation)\/[\w./-]+\.(?:js|json)$/,
  /^resources\/catalog\/[\w./-]+\.ya?ml$/,
  /^resources\/evaluation\/[\w./-]+\.(?:jsonl?|ya?ml)$/,
  /^resources\/icons\/[\w-]+\.(?:png|svg)$/,
  /^(?:package\.json|LICENSE|THIRD-PARTY-LICENCES\.txt|sbom\.cdx\.json)$/,
]
/** Inside a place that is allowed as well. */
const never = /(?:^|\/)(?:tests?|__tests__|examples?|docs?|bench)\/|\.(?:map|d\.ts|ts|tsx|md|c|cc|h|gyp)$/

/** `paths`: of files and folders, as an archive lists them. */
export function strangersIn(paths: readonly string[]): string[] {
  const clean = paths.map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
  const folders = new Set(clean.flatMap(parentsOf))
  return clean.filter((path) => !folders.has(path) && (never.test(path) || !allowed.some((one) => one.test(path))))
}

function parentsOf(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'))
}
