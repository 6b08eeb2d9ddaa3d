// What the appliance itself asks a new container, with no console needed, and what counts as an answer. The console asks
// more, and asks again afterwards; here it is enough that what comes back is of the kind that is wanted: a token, vectors
// of which those of the same text are alike and those of another text are not, the right text first. Of a big vector its
// beginning is enough. A server may answer zeros, or what lay in its memory before (seen of llama-server where a reranker
// is asked for vectors): with status 200.
import type { AskedProof, ModelProof } from '../domain/deployment.ts'
import { embeddedTexts, embeddingsRequest, rankedQuestions, rankingRequest } from '../domain/model-questions.ts'

/** The path, what is looked for in the answers, and each body that is sent. */
export function smokeWords(proof: AskedProof): string[] {
  switch (proof.serves) {
    case 'openai-chat':
      return ['/v1/chat/completions', 'token', oneToken(proof)]
    case 'openai-embeddings':
      return ['/v1/embeddings', 'vectors', ...embeddedTexts.map((text) => embeddingsRequest(proof, text))]
    case 'rerank':
      return [proof.rerankPath, 'ranking', ...rankedQuestions.map((_, at) => rankingRequest(proof, at))]
    default:
      return [proof.readyPath, 'page']
  }
}

function oneToken({ modelName }: Pick<ModelProof, 'modelName'>): string {
  return JSON.stringify({ model: modelName, messages: [{ role: 'user', content: 'OK?' }], max_tokens: 1 })
}

// A line for each vector of `embeddedTexts`. A cosine of 0.99 as in shared/verify/embeddings.ts, squared: an awk of busybox
// may know no roots and powers.
const areTold = `awk -F, '
  { for (at = 1; at <= NF; at++) number[NR, at] = $at + 0; count[NR] = NF }
  function like(one, other,   at, dot, first, second) {
    for (at = 1; at <= count[one] && at <= count[other]; at++) {
      dot += number[one, at] * number[other, at]
      first += number[one, at] * number[one, at]
      second += number[other, at] * number[other, at]
    }
    return dot > 0 && dot * dot >= 0.9801 * first * second
  }
  END { exit !(NR == 4 && like(1, 4) && like(2, 3) && !like(1, 2)) }'`

// Index and score of a text stand beside each other, in either order: the two that come together belong together. Only
// numbers as JSON has them are taken for scores; the best has to be alone.
const firstPlace = `tr -d ' \\r\\n\\t' | tr ',{}[]' '\\n\\n\\n\\n\\n' | awk -F: '
  /^"index":[0-9]+$/ { index_ = $2 }
  /^"(relevance_)?score":-?[0-9.]+([eE][-+]?[0-9]+)?$/ { score = $2 }
  index_ != "" && score != "" {
    count++
    if (count == 1 || score + 0 > best) { best = score + 0; first = index_ } else if (score + 0 == best) first = "none"
    index_ = score = ""
  }
  END { print count ":" first }'`

/**
 * For a script that has `url`, `wants` (what is looked for) and the bodies as its own words. A model's first token may
 * take minutes. Where no program can ask, the engine's own check has to do: the console asks again afterwards.
 */
export const askText = `if command -v curl >/dev/null; then
  data=--data
  ask() { curl --silent --show-error --fail --noproxy '*' --max-time 180 "$@" "$url"; }
elif command -v wget >/dev/null; then
  data=--post-data
  ask() { timeout 200 wget -q -O - --no-proxy -T 180 "$@" "$url"; }
else
  echo 'not asked: neither curl nor wget is here' >&2
  exit 0
fi
post() { answer=$(ask --header 'content-type: application/json' $data "$1" 2>&1 | head -c "$2"); }
vectors() {
  lines=
  for body in "$@"; do
    post "$body" 16384
    numbers=$(printf %s "$answer" | tr -d ' \\r\\n\\t')
    case $numbers in *'"embedding":['*) ;; *) return 1 ;; esac
    numbers=\${numbers#*'"embedding":['}
    # Where its end is missing its last number may be too.
    case $numbers in *]*) numbers=\${numbers%%]*} ;; *) numbers=\${numbers%,*} ;; esac
    case $numbers in *[!-+0-9.,eE]*) return 1 ;; *[1-9]*) ;; *) return 1 ;; esac
    lines="$lines$numbers
"
  done
  printf %s "$lines" | ${areTold}
}
ranking() {
  place=0
  for body in "$@"; do
    post "$body" 65536
    [ "$(printf %s "$answer" | ${firstPlace})" = "$#:$place" ] || return 1
    place=$((place + 1))
  done
}
token() {
  post "$1" 65536
  case $answer in *'"choices"'*) ;; *) return 1 ;; esac
}
page() { answer=$(ask 2>&1 >/dev/null); }
for pause in 1 2 0; do
  case $wants in
    token) token "$@" && exit 0 ;;
    vectors) vectors "$@" && exit 0 ;;
    ranking) ranking "$@" && exit 0 ;;
    *) page && exit 0 ;;
  esac
  sleep $pause
done
printf 'it is healthy and does not do its work: %s says %.300s\\n' "$url" "$answer" >&2
exit 1`
