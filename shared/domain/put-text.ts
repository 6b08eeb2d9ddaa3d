// Small files on an appliance that are whole or not there, also after a power cut.

/** Defines `keep FILE COPY` in sh: the copy gets its name once it is on the disk. */
export const keepShell = `keep() { cp -p -- "$1" "$2.rackside-new" && { sync "$2.rackside-new" 2>/dev/null || sync; } && mv -f -- "$2.rackside-new" "$2"; }`

/** Defines `put FILE TEXT` in sh: one line of text, synced before it gets its name. */
export const putShell = `put() { printf '%s\\n' "$2" >"$1.new" && { sync "$1.new" 2>/dev/null || sync; } && mv -f "$1.new" "$1"; }`
