// Simplified Chinese: why a console is not served over the local network.
import type { ServingObstacle, ServingProblem } from '../../domain/serving-problem.ts'
import type { ServingFailureWords } from '../failure-words.ts'

const what: { readonly [P in ServingProblem]: (detail: string) => string } = {
  'needs-tls': (at) => `没有证书时不在 ${at} 提供 Rackside：口令会在传输中被读取。`,
  'needs-operators': (at) => `在无需登录的情况下，不在 ${at} 提供 Rackside。`,
  'certificate-unreadable': (file) => `${file} 不是 PEM 格式的证书，或无法读取。`,
  'key-unusable': (file) => `${file} 不是 PEM 格式且不带口令的私钥。`,
  'key-of-another-certificate': (file) => `${file} 中的私钥属于另一个证书。`,
  'certificate-not-served': (why) => `无法用该证书和私钥提供服务：${why}。`,
  'name-not-in-certificate': (name) => `证书不适用于 ${name}：浏览器都会警告。`,
}

const next: { readonly [P in ServingProblem]: string } = {
  'needs-tls': '请同时指定两个文件：--tls-certificate FILE（含证书链）和 --tls-key FILE。',
  'needs-operators': '请以同一用户和 RACKSIDE_HOME 设置第一位操作员：rackside operators begin NAME，然后重新启动。',
  'certificate-unreadable': '请指定医院证书机构签发的文件，服务器证书须排在最前。',
  'key-unusable': '请去掉私钥的口令（openssl pkey），并确保其他人无法读取该文件。',
  'key-of-another-certificate': '请指定申请该证书时使用的私钥。',
  'certificate-not-served':
    '请改用 RSA（2048 位及以上）或 ECDSA 证书；浏览器不接受单独的 SM2 证书。证书链须完整地排在其后。',
  'name-not-in-certificate': '请用 --tls-name 指定证书中的名称，或为该名称申请证书。',
}

const notNow: { readonly [O in ServingObstacle]: (detail: string) => string } = {
  'certificate-expired': (until) => `证书当前无效：有效期至 ${until}，或尚未生效。`,
  'address-not-here': (at) => `${at} 不是本机的地址。`,
}

const nextThen: { readonly [O in ServingObstacle]: string } = {
  'certificate-expired': '请更新证书，或校正本机时钟。',
  'address-not-here': '请选择 “ip address” 所列地址之一。',
}

export const servingFailures: ServingFailureWords = {
  'serving-refused': ({ reason, detail }) => ({ what: what[reason](detail), next: next[reason] }),
  'serving-not-now': ({ reason, detail }) => ({ what: notNow[reason](detail), next: nextThen[reason] }),
}
