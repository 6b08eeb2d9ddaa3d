// Which lines of an engine's log may leave the hospital. Engines print the text of a request when something goes wrong with
// it or when they are told to: such a line is dropped, with all that follows it up to the next line that the engine begins
// itself. Engines speak ASCII: a line with any other letter is somebody's words, and goes too.

/** Names of what people sent or got, as engines and gateways print them. */
const ofRequests =
  /\b(?:prompts?|messages?|content|completions?|input_?(?:text|ids)?|output_?(?:text|ids)?|generated|text|query|quer(?:y|ies)|documents?|reasoning|response_?body|request_?body|body|token_ids|logprobs|chat_template)\b["'\\]{0,4}\s{0,3}[:=]/i
const requestObjects =
  /\b(?:GenerateReqInput|ChatCompletion\w*|CompletionRequest|EmbeddingRe\w+|RerankRe\w+|Received request|SamplingParams)\b/
/** A timestamp, a level, a logger: what an engine begins a line of its own with. */
const ownBegin =
  /^\s{0,2}(?:\[[\w;:,. -]{1,60}\]|\(\w[\w .=-]{0,60}\)|\d{4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d|(?:DEBUG|INFO|WARN(?:ING)?|ERROR|CRITICAL|FATAL|TRACE)\b|[IWEF]\d{4}\b|(?:main|srv|slot|llama_\w+|ggml_\w+|common_\w+|load_\w+|print_info|system_info|que|init):? )/
const otherLetters = /[^\t -~]/
/** What stands behind a path in an access log. */
const query = /(\s\/[^\s"?]{0,300})\?[^\s"]{1,2000}/g
const longest = 500

/** `at`: by the engine of the containers, empty where it told no time. */
export type PrintedLine = { readonly at: string; readonly text: string }
export type KeptLog = { readonly lines: string[]; readonly dropped: number }

export function keptLogLines(lines: readonly PrintedLine[]): KeptLog {
  const kept: string[] = []
  let isDropping = false
  for (const { at, text } of lines) {
    if (ownBegin.test(text)) isDropping = false
    if (tellsOfRequest(text)) isDropping = true
    if (!isDropping) kept.push(`${at === '' ? '' : `${at} `}${shortened(text.replaceAll(query, '$1?(left out)'))}`)
  }
  return { lines: kept, dropped: lines.length - kept.length }
}

function tellsOfRequest(line: string): boolean {
  return ofRequests.test(line) || requestObjects.test(line) || otherLetters.test(line)
}

function shortened(line: string): string {
  return line.length > longest ? `${line.slice(0, longest)} [cut]` : line
}
