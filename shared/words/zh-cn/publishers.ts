// 简体中文：离线包需要有人担保而无人担保时，发生了什么、下一步怎么做。
import type { FailureOf } from '../../domain/failure.ts'
import type { UntrustedProblem } from '../../domain/publisher.ts'
import type { FailureText, PublisherFailureWords } from '../failure-words.ts'
import type { PublisherWords } from '../publisher-words.ts'

const again = '请从来源处重新复制离线包。若仍如此，请询问发布者。'
const askPublisher = '请勿使用。请向发布者索取重新签名的离线包。'

const projectProblems: { readonly [P in FailureOf<'vendor-project-unusable'>['problem']]: FailureText } = {
  missing: { what: '没有此文件', next: '请指定项目文件夹；rackside vendor init 可新建一个。' },
  unreadable: { what: '无法读取', next: '请授予读取权限。' },
  invalid: { what: '格式不符', next: '请用其副本恢复。未签名任何内容。' },
  unwritable: { what: '无法写入', next: '请腾出空间或授予写入权限。' },
  'not-empty': { what: '其中已有内容', next: '请指定新的文件夹。未做任何更改。' },
  'no-keys': {
    what: '其中没有发布者密钥',
    next: '请在 vendor.yaml 的 publisher 中写明含 publisher.json 的文件夹；rackside vendor init 可新建一个。',
  },
  'not-packed': { what: '其中没有打包好的内容', next: '请先执行 rackside vendor pack。' },
  'changed-since': {
    what: '打包之后条目或已撤回版本的清单有改动',
    next: '请重新执行 rackside vendor pack。未签名任何内容。',
  },
  busy: { what: '另一命令正在使用这些密钥', next: '请等其结束后重试。' },
  'other-key': {
    what: '其中的签名密钥不是最新根文件所列的那个',
    next: '请用同一份副本恢复该文件夹。未交付任何内容。',
  },
  'out-exists': { what: '已有同名文件', next: '请换一个文件名，或删除该文件。未签名，也未占用版本号。' },
  'packed-for-other': { what: '其内容是为另一发布者或另一产品线打包的', next: '请重新执行 rackside vendor pack。' },
}

const problems: { readonly [P in UntrustedProblem]: FailureText } = {
  unsigned: { what: '没有任何人为它签名。', next: '请向制作者索取已签名的离线包。' },
  unreadable: { what: '其签名被截断或已损坏。', next: again },
  'too-large': { what: '有一份签名文件超出了允许的长度，未读完。', next: again },
  'signature-invalid': { what: '有一个签名不是其发布者的。', next: askPublisher },
  'key-revoked': {
    what: '签名所用的密钥已被其发布者停用。',
    next: '请向发布者索取用新密钥签名的离线包。',
  },
  'duplicate-key': { what: '同一个密钥被列出两次，会被当作两个。', next: askPublisher },
  'root-gap': {
    what: '从此处信任的密钥到最新密钥之间缺少一步。',
    next: '请向发布者索取包含其全部密钥（含旧密钥）的离线包。',
  },
  'root-not-signed-twice': {
    what: '发布者的新密钥没有用新密钥自身签名。',
    next: askPublisher,
  },
  'rolled-back': {
    what: '它比此处以前见过的同类离线包更旧。',
    next: '请使用较新的那个。若较新的有问题，须由发布者将此版本重新签名为更新的版本；已安装的服务无需它也能恢复到保留的版本。',
  },
  mixed: { what: '其签名文件分属不同的离线包。', next: again },
  'wrong-product': { what: '其签名属于另一产品或另一发布者。', next: askPublisher },
  'swapped-file': { what: '有一个文件不是签名时的那个。', next: again },
  'missing-file': { what: '缺少一个已签名的文件。', next: again },
  'not-signed-file': {
    what: '其中有一个无人签名的文件。',
    next: '请查明是谁放入的，并从来源处重新复制离线包。',
  },
  'expiry-unreadable': { what: '无法读出担保到何时为止。', next: askPublisher },
  expired: {
    what: '其发布者在此处未知，且已不再为它担保。',
    next: '请检查本机时钟。若时钟正确，请向发布者索取较新的离线包。',
  },
  'clock-behind': {
    what: '本机时钟早于它曾经显示过的时间，而按那个时间已无人为它担保。',
    next: '请校正时钟。若时钟现在是正确的，请在信任该发布者时说明时钟正确。',
  },
}

export const publishers: PublisherWords = {
  since: (time, by) => `自 ${time} 起受信任，操作者 ${by}`,
  lines: (names) => `已见过：${names}`,
  alreadyTrusted: '其发布者在此处已受信任。',
  trusted: (name, id) => `从现在起信任 ${name}（${id}）。`,
  removed: (id) => `不再信任 ${id}。它已安装的服务继续运行。`,
  ifCompared: (command) => `仅当发布者经其他途径给您的就是该指纹时：${command}`,
  typeId: (id) => `其离线包将被拒绝，之后须重新信任。请输入其标识（${id}）：`,
  clockBehind: (time) => `本机时钟有误：它曾显示过 ${time}。`,
  allowsUnsigned: 'RACKSIDE_ALLOW_UNSIGNED 已打开：可以使用无人签名的离线包。此开关供开发者使用。',
  expired: (publisher, until) => `${publisher} 对该离线包的担保截至 ${until}。仍要使用：--accept-expired`,
}

export const publisherFailures: PublisherFailureWords = {
  'vendor-project-unusable': (f) => ({
    what: `${f.path}：${projectProblems[f.problem].what}${f.detail === '' ? '' : `（${f.detail}）`}。`,
    next: projectProblems[f.problem].next,
  }),
  'publisher-passphrase-wrong': (f) => ({
    what: `这不是 ${f.file} 的口令，或该文件已被改动。`,
    next: '请重试。若文件已被改动，请用其副本恢复。未签名任何内容。',
  }),
  'publisher-unknown': (f) => ({
    what: `该离线包由 ${f.name}（${f.publisher}）签名，此处尚无人信任该发布者。指纹：${f.fingerprint}。`,
    next: '请将此指纹与发布者经其他途径给您的指纹核对；若一致，再以此指纹信任该发布者。',
  }),
  'publisher-key-changed': (f) => ({
    what: `该离线包自称来自 ${f.name}（${f.publisher}），但密钥不同。此处信任：${f.pinned}。离线包中：${f.offered}。`,
    next: '其内容未被使用。请经您熟悉的途径询问发布者密钥是否更换：发布者更换密钥时会用旧密钥为新密钥签名。确认之后，再在此处移除并重新信任该发布者。',
  }),
  'publisher-key-mismatch': (f) => ({
    what: `${f.name}（${f.publisher}）的离线包与所给指纹不符。所给：${f.given}。离线包中：${f.offered}。`,
    next: '未信任任何人。请与发布者核对指纹，并查明离线包的来源。',
  }),
  'publisher-not-pinned': (f) => ({
    what: `此处未信任名为 ${f.publisher} 的发布者。`,
    next: f.known.length === 0 ? '目前没有任何受信任的发布者。' : `受信任的有：${f.known.join('、')}。`,
  }),
  'bundle-not-trusted': (f) => {
    const { what, next } = problems[f.problem]
    return { what: `${f.folder}：${what}${f.file === '' ? '' : `（${f.file}）`}`, next: `其内容未被使用。${next}` }
  },
  'deployment-of-other': (f) =>
    f.owner === ''
      ? ofNobody(f.deployments)
      : {
          what: `${f.deployments.join('、')}：由 ${f.ownerName}（${f.owner}，${f.fingerprint}）安装，而此离线包${f.publisher === '' ? '没有任何签名' : `来自 ${f.publisher}`}。`,
          next: `不会替换其他发布者的服务，也不会使用其数据。仅当医院确实要更换发布者（例如产品已转让）时，请加上：--take-from ${f.owner}`,
        },
  'bundle-expired': (f) => ({
    what: `${f.publisher} 对该离线包的担保截至 ${f.expires}。`,
    next: '请索取较新的离线包。若现在必须使用，请明确表示虽已过期仍要使用。正在运行的服务不受影响。',
  }),
}

function ofNobody(deployments: readonly string[]) {
  return {
    what: `${deployments.join('、')}：安装者未知，批量部署不会接管此类服务。`,
    next: '请单独部署该一体机：其计划会说明将接管的内容，并单独批准。',
  }
}
