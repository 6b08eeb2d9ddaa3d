// One connection for all questions to the engine. Each start of docker's CLI costs an appliance more than any other
// answer, so it is started once, as a way to the API's socket (`docker system dial-stdio`, since Docker 18.09: it honours
// DOCKER_HOST and contexts), and all requests go down it one after the other. Where that gives nothing (an older
// client, Podman behind the name, no awk, an engine that is down), the probes ask by the CLI, one start each, and it is
// the CLI's complaint that is shown. What may hold secrets (commands, environments, mounts) does not leave the appliance:
// of containers and images only ids are taken here.
import { quoteWord } from '../domain/quote.ts'
import { deploymentLabel } from '../domain/remote-layout.ts'
import type { ProbeGroup } from './probe.ts'

const ours = encodeURIComponent(JSON.stringify({ label: [deploymentLabel] }))

const requests = [
  { name: 'version', path: '/version' },
  { name: 'info', path: '/info' },
  { name: 'containers', path: `/containers/json?all=1&filters=${ours}` },
  { name: 'images', path: '/images/json' },
  { name: 'networks', path: `/networks?filters=${ours}` },
]

/** Without a version in the path the engine answers as the newest it knows. The last one closes the connection. */
const asked = requests
  .map(({ path }, index) => {
    const close = index === requests.length - 1 ? 'Connection: close\r\n' : ''
    return `GET ${path} HTTP/1.1\r\nHost: docker\r\n${close}\r\n`
  })
  .join('')
  .replaceAll('%', '%%')
  .replaceAll('\r\n', '\\r\\n')

// HTTP/1.1 answers in their order (RFC 9112, sections 6 and 7.1): by length, or in chunks, whose data may break off
// anywhere in a line. What does not add up ends the reading: the answers before it are good. Of another status than 200
// nothing is taken. Every body is one line of JSON.
const readAnswers = String.raw`
function number(hex,   at, sum) {
  for (at = 1; at <= length(hex); at++) sum = sum * 16 + index("123456789abcdef", tolower(substr(hex, at, 1)))
  return sum
}
function begin() { count++; state = "status"; size = -1; chunked = 0; body = ""; data = "" }
function write(suffix, text) { file = folder "/engine." suffix; print text > file; close(file) }
function ids(text,   list) {
  list = ""
  while (match(text, /"Id":"(sha256:)?[0-9a-f]+"/)) {
    list = list (list == "" ? "" : " ") substr(text, RSTART + 6, RLENGTH - 7)
    text = substr(text, RSTART + RLENGTH)
  }
  return list
}
function told(field) { return match(body, "\"" field "\":[0-9]+") ? substr(body, RSTART + length(field) + 3, RLENGTH - length(field) - 3) : -1 }
function take_info(   store, running, paused) {
  store = index(body, "\"driver-type\",\"io.containerd.snapshotter") ? "containerd" : "docker"
  if (match(body, /"DockerRootDir":"\/[^"\\]*"/)) write("place", store " " substr(body, RSTART + 17, RLENGTH - 18))
  running = told("ContainersRunning")
  paused = told("ContainersPaused")
  if (running >= 0 && paused >= 0) write("running", running + paused)
}
function take() {
  sub(/[\r\n]+$/, "", body)
  if (status == 200 && body != "") {
    if (name[count] == "containers" || name[count] == "images") body = ids(body)
    if (name[count] == "info") take_info()
    write(name[count], body)
  }
  begin()
}
BEGIN { split(names, name, " "); begin() }
state == "status" { status = $2; if ($1 !~ /^HTTP\/1\.1$/) exit; state = "header"; next }
state == "header" {
  sub(/\r$/, "")
  line = tolower($0)
  if (line ~ /^content-length:/) { sub(/^[^:]*:[ \t]*/, "", line); size = line + 0 }
  if (line ~ /^transfer-encoding:.*chunked/) chunked = 1
  if (line != "") next
  if (!chunked && size < 0) exit
  state = chunked ? "size" : "data"
  if (!chunked && size == 0) take()
  next
}
state == "size" {
  sub(/[;\r].*$/, "")
  if ($0 !~ /^[0-9a-fA-F]+$/ || length($0) > 7) exit
  size = number($0)
  data = ""
  state = size == 0 ? "trailer" : "data"
  next
}
state == "trailer" { if ($0 == "\r") take(); next }
state == "data" {
  data = data $0 "\n"
  more = length(data) - size - (chunked ? 2 : 0)
  if (more > 0) exit
  if (more < 0) next
  body = body substr(data, 1, size)
  if (chunked) state = "size"; else take()
}
`

// The pipe is open at both ends here, so that the client never sees the end of the questions: it would close the
// connection, and the engine gives up on who hangs up.
const opening = `version=
command -v awk >/dev/null 2>&1 && mkfifo "$answers/engine.questions" && exec 5<>"$answers/engine.questions" && {
  printf ${quoteWord(asked)} >&5
  docker system dial-stdio <&5 5>&- 2>/dev/null |
    awk -v names='${requests.map(({ name }) => name).join(' ')}' -v folder="$answers" ${quoteWord(readAnswers)}
  exec 5>&-
  { IFS= read -r version <"$answers/engine.version"; } 2>/dev/null
  case $version in *'"Podman Engine"'*) rm -f "$answers"/engine.*; version= ;; esac
} 2>/dev/null
`

export const engineGroup: ProbeGroup = { id: 'engine', opening, deadlineSeconds: 12 }
