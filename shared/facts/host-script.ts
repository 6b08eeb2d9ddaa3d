// What the sampler's script (and the recorder's) prints of the host itself in a tick. The shell reads it from /proc and
// /sys without a process, and no more of it than is needed: a shell reads byte by byte. Rates are made by the console,
// from counters and the time since the machine was started.

/** Which cards, disks and sensors there are is looked for again after so many ticks. */
const lookEveryTicks = 60

/**
 * Needs `clock` of script-body.ts and the number of the tick. Names are those of the kernel; what is not of plain letters
 * is left out, so that no word of it needs quotes.
 */
export const hostBody = `# Network: what has a device behind it, a card or its like in a virtual machine. A bond, a bridge, a VLAN, a tunnel and the
# end of a container have none, so nothing is counted twice; a part of a card (SR-IOV) is counted with its card. Where
# nothing has a device, in a container, the usual names count. Disks: whole ones with a device; partitions are not listed
# here, loop, ram, dm and md have none, and a path of a multipath NVMe is hidden. Sensors: of processors, by their driver.
find_host_devices() {
  nets= disks= heats=
  for path in /sys/class/net/*; do
    if [ -e "$path/device" ] && [ ! -e "$path/device/physfn" ]; then is_plain "\${path##*/}" && nets="$nets \${path##*/}"; fi
  done
  if [ -z "$nets" ]; then
    for path in /sys/class/net/eth* /sys/class/net/en* /sys/class/net/host*; do
      if [ -e "$path/statistics" ]; then is_plain "\${path##*/}" && nets="$nets \${path##*/}"; fi
    done
  fi
  for path in /sys/block/*; do
    [ -e "$path/device" ] && is_plain "\${path##*/}" || continue
    hidden=0 sectors=0
    { read -r hidden <"$path/hidden"; } 2>/dev/null
    { read -r sectors <"$path/size"; } 2>/dev/null
    [ "$hidden" = 1 ] || [ "$sectors" = 0 ] || disks="$disks \${path##*/}"
  done
  for path in /sys/class/hwmon/hwmon*; do
    chip= packages=
    { read -r chip <"$path/name"; } 2>/dev/null
    case $chip in coretemp | k10temp | zenpower | cpu_thermal | apm_xgene) ;; *) continue ;; esac
    for file in "$path"/temp*_label; do
      label=
      { read -r label <"$file"; } 2>/dev/null
      case $label in 'Package id '* | Tdie) packages="$packages \${file%_label}_input" ;; esac
    done
    heats="$heats\${packages:- $path/temp1_input}"
  done
  [ -z "$heats" ] || return 0
  for path in /sys/class/thermal/thermal_zone*; do
    zone=
    { read -r zone <"$path/type"; } 2>/dev/null
    case $zone in x86_pkg_temp | cpu*thermal* | soc*thermal*) heats="$heats $path/temp" ;; esac
  done
}

is_plain() { case $1 in *[!A-Za-z0-9._-]*) return 1 ;; esac; }

add_host_line() {
  host="$host$1
"
}

print_host() {
  [ $((tick % ${lookEveryTicks})) -ne 0 ] || find_host_devices
  cpu= total= available= average= host=
  { IFS= read -r cpu </proc/stat; } 2>/dev/null
  { while read -r name amount unit; do
    case $name in MemTotal:) total=$amount ;; MemAvailable:) available=$amount; break ;; esac
  done </proc/meminfo; } 2>/dev/null
  { read -r average rest </proc/loadavg; } 2>/dev/null
  clock
  { while read -r name kind amount taken rest; do
    case $name in Filename) ;; *) add_host_line "swap $amount $taken" ;; esac
  done </proc/swaps; } 2>/dev/null
  for name in $nets; do
    { read -r received <"/sys/class/net/$name/statistics/rx_bytes" && read -r sent <"/sys/class/net/$name/statistics/tx_bytes" &&
      add_host_line "net $name $received $sent"; } 2>/dev/null
  done
  for name in $disks; do
    { read -r counted <"/sys/block/$name/stat" && add_host_line "disk $name $counted"; } 2>/dev/null
  done
  for path in $heats; do
    { read -r degrees <"$path" && add_host_line "heat $degrees"; } 2>/dev/null
  done
  printf '%s\\nMemTotal: %s kB\\nMemAvailable: %s kB\\nup %s\\nload %s\\n%s' "$cpu" "$total" "$available" "$now" "$average" "$host" || exit 141
}
`
