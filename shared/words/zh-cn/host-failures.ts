// Chinese: what stands in the way of steps that change the system itself.
import type { FailureOf } from '../../domain/failure.ts'
import type { HostFailureWords } from '../failure-words.ts'

const unusable = {
  unparsable: '的内容无法解析，因此不会向其中合并任何设置',
  link: '是符号链接，未作改动',
  'other-kind': '的类型与预期不符，未作改动',
  foreign: '已存在，且不是由 Rackside 创建的',
}
const unusableNext = {
  unparsable: '请先在服务器上改正该文件（daemon.json 可用 dockerd --validate 检查），再重新执行。',
  link: '请换成普通文件或文件夹后重新执行。',
  'other-kind': '请在服务器上将其移走后重新执行。',
  foreign: '若无人使用，请在服务器上将其删除或改名后重新执行。',
}

const refused = {
  'other-filesystem': '文件与该文件夹不在同一文件系统',
  'not-permitted': '该处的文件系统不允许',
  'too-many': '该文件的硬链接数已达文件系统上限',
  other: '系统拒绝了该操作',
}
const refusedNext = {
  'other-filesystem': '请将 /var/lib/rackside/artifacts 与 /var/lib/rackside/models 放在同一文件系统，再重新执行。',
  'not-permitted': '请将 /var/lib/rackside 放在支持硬链接的文件系统（ext4、XFS、Btrfs），再重新执行。',
  'too-many': '请移除无人使用的模型，再重新执行。',
  other: '请排除原因后重新执行。',
}

const certificate = {
  'nothing-published': ['该服务器尚未向局域网开放任何应用', '请先开放应用，再提供证书。'],
  'no-certificate': ['其中没有 PEM 格式的证书', '请选择以 BEGIN CERTIFICATE 开头的文件。'],
  'no-key': ['其密钥不是 PEM 格式的私钥', '请选择以 BEGIN PRIVATE KEY 开头的文件。'],
  'key-encrypted': [
    '其密钥已用口令加密',
    '请在窗口中同时提供口令，或先解密（openssl pkey -in 密钥 -out 解密后文件）。',
  ],
  'passphrase-wrong': ['该口令无法解开其密钥', '请重新输入口令。'],
  'key-differs': ['密钥与证书不匹配', '请选择申请该证书时所用的密钥。'],
  'weak-key': ['浏览器不接受此类密钥', '请改用 2048 位及以上的 RSA 或 P-256 密钥重新签发。'],
  'not-yet-valid': ['证书尚未生效', '请检查本机时钟，或等待生效。'],
  expired: ['证书已过期', '请重新签发。'],
  'other-name': ['证书的名称与所开放的地址不符', '请为该名称重新签发，或用证书中的名称开放（--publish-name）。'],
  'of-the-site': [
    '该服务器使用的是院方自己的证书，只能由院方的颁发机构续期',
    '请重新签发，然后启用新证书与私钥：执行“rackside certificate”，或在一体机的“访问”页操作。',
  ],
  'not-taken': ['服务器未接受该证书', '请重新部署一次，然后再提供证书。'],
} as const

type Unfit = NonNullable<FailureOf<'engine-missing'>['packages']>[number]
const against = {
  architecture: (needs: string, has: string) => `适用于 ${needs}，而本机为 ${has}`,
  system: (needs: string, has: string) => `适用于 ${needs}，而本机为 ${has}`,
  artifact: (needs: string) => `离线包中缺少其文件 ${needs}`,
  installed: (_needs: string, has: string) => `已安装（${has}），但仍没有可用的引擎`,
}
const unfit = (one: Unfit) => `${one.package}：${against[one.against](one.needs, one.has)}`

export const hostFailures: HostFailureWords = {
  'engine-missing': (f) => ({
    what: [
      '服务器上没有 Docker Engine。',
      ...(f.podman === undefined ? [] : [`已有 Podman ${f.podman}，但目前尚不能使用。`]),
      ...(f.packages === undefined ? [] : [`离线包中的安装包均不适用：${f.packages.map(unfit).join('；')}。`]),
    ].join(''),
    next: '请先安装 Docker Engine，或使用含有适合本系统安装包的离线包，再重新执行。',
  }),
  'host-object-unusable': (f) => ({ what: `${f.what} ${unusable[f.problem]}。`, next: unusableNext[f.problem] }),
  'host-folder-missing': (f) => ({
    what: `${f.neededBy} 需要挂载的文件夹在服务器上不存在：${f.folders.join('、')}。`,
    next: '请在服务器上创建该文件夹，或挂载应有的存储，然后重新制定计划。',
  }),
  'certificate-unusable': (f) => {
    const [what, next] = certificate[f.problem]
    return { what: `${what}${f.detail === '' ? '' : `（${f.detail}）`}。未做任何改动。`, next }
  },
  'links-refused': (f) => ({
    what: `模型文件夹由硬链接组成，但无法创建 ${f.path}：${refused[f.problem]}（${f.detail}）。`,
    next: refusedNext[f.problem],
  }),
  'package-manager-busy': (f) => ({
    what: `服务器的软件包管理器已忙碌超过 ${f.seconds} 秒，占用者：${f.holder || '未知进程'}。`,
    next: '通常是系统自动更新（unattended-upgrades）。Rackside 不会强行抢占：请等待其结束后重新执行同一命令。',
  }),
  'reboot-needed': (f) => ({
    what: `${f.package} 已安装，服务器重启后才能生效。`,
    next: '请在无人使用时重启服务器，然后重新执行同一命令，将从此步骤之后继续。',
  }),
}
