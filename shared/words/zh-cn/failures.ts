// Chinese: what happened, where, and what to do next, for every failure.
import { addressText } from '../../domain/appliance.ts'
import { namedRejections, type RejectedVariant } from '../../domain/choice.ts'
import type { FailureOf } from '../../domain/failure.ts'
import { systemName } from '../../domain/partial-platform.ts'
import { bytesText } from '../amounts.ts'
import type { FailureWords } from '../failure-words.ts'
import { rejectedName, rejectionText } from '../rejection-words.ts'
import { alerts } from './alerts.ts'
import { backupFailures } from './backup-failures.ts'
import { bundleFailures } from './bundle-failures.ts'
import { hostFailures } from './host-failures.ts'
import { operatorFailures } from './operator-failures.ts'
import { ownKeyFailures } from './own-key.ts'
import { privilegeFailures } from './privileges.ts'
import { publisherFailures } from './publishers.ts'
import { recorder } from './recorder.ts'
import { rejections } from './rejections.ts'
import { rolloutFailures } from './rollout.ts'
import { runFailures } from './run-failures.ts'
import { servingFailures } from './serving-failures.ts'
import { settingFailures } from './settings.ts'
import { updateFailures } from './update-failures.ts'
import { usage } from './usage-failures.ts'
import { vaultFailures } from './vault-failures.ts'

const unreachable = {
  refused: '拒绝了连接',
  timeout: '未在规定时间内响应',
  'no-route': '在当前网络中不可达',
  reset: '关闭了连接',
  other: '无法连接',
}
const identity = {
  missing: '文件不存在',
  unreadable: '无法读取',
  'not-a-key': '不是私钥文件',
  encrypted: '私钥有口令保护',
  'passphrase-wrong': '私钥口令不正确',
}

const anotherKey = '请指定当前用户可读的私钥文件。'
const identityNext = {
  missing: anotherKey,
  unreadable: anotherKey,
  'not-a-key': anotherKey,
  encrypted: '请提供私钥口令。',
  'passphrase-wrong': '请重新输入私钥口令。',
}
const sudo = {
  'password-needed': 'sudo 要求输入密码',
  'password-wrong': 'sudo 不接受该密码',
  'tty-needed': 'sudo 只允许在终端上使用（requiretty）',
  'not-allowed': 'sudo 不允许该操作',
  'not-installed': '未安装 sudo',
  other: '原因未知',
}

const sudoNext: { readonly [reason in FailureOf<'sudo-refused'>['reason']]?: string } = {
  'password-needed': '请提供 sudo 密码，或改用 root 登录。',
  'password-wrong': '请更正 sudo 密码。密码只发送了一次，不会自动重试。',
  'tty-needed': '请在 sudoers 中为该用户取消 requiretty，或改用 root 登录。',
}
const agent = {
  'no-agent': '没有运行中的代理（SSH_AUTH_SOCK）',
  'no-keys': '其中没有可用的密钥',
  silent: '代理没有响应',
}

const windowRefused = {
  'no-key': '此窗口没有 Rackside 的访问密钥。',
  'wrong-key': 'Rackside 已重新启动，此窗口的访问密钥不再有效。',
  'code-used': '该地址中的一次性代码已被使用或已过期。运行 Rackside 的终端会显示新的地址。',
}
const desktop = {
  'no-display': '本机没有显示器',
  'not-installed': '未安装 Electron 运行环境',
  'download-stalled': '下载 Electron 运行环境时 10 秒没有进展',
  'download-failed': '无法下载 Electron 运行环境',
  'did-not-start': 'Electron 运行环境未能启动',
}

const recordingProblem: { readonly [R in FailureOf<'recording-unusable'>['reason']]: string } = {
  missing: '此文件夹中没有录制数据',
  unreadable: '录制数据中有文件无法读取',
  'not-a-recording': '此文件夹中的内容不是本版本的录制数据',
  'not-empty': '文件夹不为空',
  unwritable: '无法写入此文件夹',
}
const recordingNext: { readonly [R in FailureOf<'recording-unusable'>['reason']]: string } = {
  missing: '请指定由 `rackside record` 写入的文件夹。',
  unreadable: '请检查其中文件的读取权限。',
  'not-a-recording': '请用 `rackside record` 重新录制。',
  'not-empty': '请指定一个尚不存在的文件夹。',
  unwritable: '请指定一个可以写入的文件夹。',
}

export const failures: FailureWords = {
  'host-unresolved': (f) => ({ what: `主机名 ${f.host} 无法解析。`, next: '请检查拼写，或改用 IP 地址。' }),
  'host-unreachable': (f) => ({
    what: `${addressText(f)} ${unreachable[f.reason]}。`,
    next: '请确认服务器已开机、地址和端口正确、sshd 正在运行。',
  }),
  'host-key-unknown': (f) => ({
    what: `${addressText(f)} 的主机密钥在本机没有记录：${f.keyType} ${f.fingerprint}。`,
    next: '请与服务器上显示的指纹核对；一致时用 --fingerprint 传入。',
  }),
  'host-key-changed': (f) => ({
    what: `${addressText(f)} 的主机密钥与本机记录的不同。已记录：${f.pinned}。当前：${f.offered}。`,
    next: '未发送任何内容。请先查明原因：服务器重装、地址换了机器，或遭中间人攻击。确认无误后再单独重新信任。',
  }),
  'host-key-mismatch': (f) => ({
    what: `${addressText(f)} 的主机密钥与给定的指纹不符。给定：${f.given}。当前：${f.offered}。`,
    next: '未发送任何内容。请在服务器上核对指纹，并确认地址无误。',
  }),
  'login-refused': (f) => ({
    what: `${addressText(f)} 拒绝了用户 ${f.user} 登录。`,
    next: `请检查用户名、密钥或密码。服务器接受的方式：${f.methodsOffered.join('、') || '未说明'}。`,
  }),
  'identity-unusable': (f) => ({
    what: `密钥文件 ${f.file} 不可用：${identity[f.reason]}。`,
    next: identityNext[f.reason],
  }),
  'host-key-revoked': (f) => ({
    what: `${addressText(f)} 的主机密钥已被吊销：${f.keyType} ${f.fingerprint}。`,
    next: '未发送任何内容。持有该密钥的人可以冒充此服务器，请在服务器上重新生成主机密钥。',
  }),
  'other-machine': (f) => ({
    what: `${addressText(f)} 上是另一台机器：机器 ID 为 ${f.foundMachine}，已记录的是 ${f.knownMachine}。`,
    next: '未在其上做任何更改。如果服务器已重装或更换，请重新信任；否则请更正地址。',
  }),
  'login-questions': (f) => ({
    what: `${addressText(f)} 要求 ${f.user} 回答的不只是密码：${f.questions.map((q) => q.text).join(' / ')}`,
    next: '请重新登录，并逐一回答这些问题。',
  }),
  'agent-unusable': (f) => ({
    what: `无法使用本机的 SSH 代理：${agent[f.reason]}。${f.detail}`,
    next: '请启动代理并添加密钥（ssh-add），或改用密钥文件登录。',
  }),
  'jump-refused': (f) => ({
    what: `跳板机 ${f.through} 无法连通 ${addressText(f)}：${f.detail}。`,
    next: '请检查跳板机之后的地址，并确认其 sshd 允许 TCP 转发。',
  }),
  'algorithms-refused': (f) => ({
    what: `${addressText(f)} 没有默认可用的算法，它只提供：${f.detail}。`,
    next: f.weakWouldDo
      ? '请升级该服务器的 SSH 服务。升级之前，可以只对这台一体机允许过时的算法：--weak-algorithms。'
      : '请升级该服务器的 SSH 服务。',
  }),
  'link-lost': (f) => ({
    what: `与 ${addressText(f)} 的连接中断。`,
    next: '重新执行同一命令即可从中断处继续。',
  }),
  'deadline-passed': (f) => ({
    what: `${f.seconds} 秒内没有响应：${f.what}。`,
    next: '请重试；若再次出现，请查看服务器负载。',
  }),
  'sudo-refused': (f) => ({
    what: `用户 ${f.user} 无法取得 root 权限：${sudo[f.reason]}。${f.detail}`,
    next: sudoNext[f.reason] ?? `请用 root 登录，或允许 ${f.user} 使用 sudo。`,
  }),
  'watch-only': () => ({
    what: '此一体机仅供监视：已保存的登录方式不能在其上做任何更改。',
    next: '如需安装，请用可以获得 root 权限的登录方式重新保存。',
  }),
  'replay-only': () => ({
    what: '这是一份录制数据，不是一体机本身：只能回放录制时的应答。',
    next: '如需监视或更改，请指定一体机本身。',
  }),
  'replay-unknown': () => ({
    what: '此控制台已不再保存该录制数据。',
    next: '请重新指定其文件夹。',
  }),
  'recording-unusable': (f) => ({
    what: `${f.folder}：${recordingProblem[f.reason]}。`,
    next: recordingNext[f.reason],
  }),
  'linux-needed': (f) => ({
    what: `本机运行的是 ${systemName(f.platform)}；部署、验证、监测、诊断和录制都需要 Linux。`,
    next: '请指定一台运行 Linux 的服务器：ssh://user@host。',
  }),
  'watch-helper-missing': (f) => ({
    what: `尚未为 ${f.user} 安装监视助手。${f.detail}`,
    next: '请用可以获得 root 权限的登录方式安装一次。',
  }),
  'shell-unusable': (f) => ({
    what: `登录 shell 无法执行命令：${f.detail}`,
    next: '请为该用户设置普通 shell，例如 /bin/sh，并确认其启动文件（.bashrc、.profile）不读取输入、不提前退出、也不启动其他 shell。',
  }),
  'forwarding-refused': (f) => ({
    what: `无法访问服务器的 ${f.port} 端口：sshd 禁止转发（${f.sshdLine}），且未安装 ${f.relaysTried.join('、')} 中的任何一个。`,
    next: '请在 sshd_config 中为该用户允许 TCP 转发，或安装其中一个程序。',
  }),
  'http-failed': (f) => ({ what: `服务器的 ${f.port} 端口没有响应：${f.detail}。`, next: '请检查该端口对应的服务。' }),
  'facts-unreadable': (f) => ({
    what: `无法读取服务器信息：${f.detail}`,
    next: '请重试；若仍如此，其 shell 或系统可能已损坏。',
  }),
  'bundle-unusable': (f) => ({
    what: `文件夹 ${f.folder} 不是可用的离线包：${f.problem}。`,
    next: '请从来源重新复制离线包。',
  }),
  'bundle-unknown': (f) => ({
    what: `本机已没有离线包 ${f.bundleId} 的记录。`,
    next: '请重新打开其文件夹，或重新导入其文件。',
  }),
  'bundle-for-demo': () => ({
    what: '此离线包仅供演示一体机使用：其中的模型和应用只播放预先写好的文字。',
    next: '请为这台服务器选择正式发布者的离线包。',
  }),
  'catalog-invalid': (f) => ({
    what: `${f.file}${f.line > 0 ? ` 第 ${f.line} 行` : ''}：${f.problem}。`,
    next: '请向该目录的发布者索取更正版本。',
  }),
  'solution-unknown': (f) => ({
    what: `离线包中没有方案“${f.solution}”。`,
    next: `现有方案：${f.known.join('、') || '无'}。`,
  }),
  'entry-unknown': (f) => ({ what: `${f.neededBy} 需要“${f.entry}”，但目录中没有。`, next: '请使用完整的离线包。' }),
  ...bundleFailures,
  ...hostFailures,
  'engine-unreadable': (f) => ({ what: `Docker 没有响应：${f.detail}`, next: '请用 systemctl status docker 查看。' }),
  'systemd-missing': (f) => ({
    what: `服务器未使用 systemd，无法启动以下系统服务：${f.services.join('、')}。`,
    next: '请用该系统自己的方式安装并启动这些服务，然后重新生成计划；或改用带 systemd 的服务器。',
  }),
  'fact-missing': (f) => ({
    what: `无法读取：${f.fact}（${f.why}）。`,
    next: '不会凭猜测制定计划，请使其可读后重试。',
  }),
  'no-variant-fits': (f) => ({
    what: `${f.entry} 没有适合本服务器的版本。${rejectedText(f.rejected)}`,
    next: '请使用为该硬件制作的离线包。',
  }),
  'artifact-missing': (f) => ({
    what: `${f.neededBy} 需要制品“${f.artifact}”，但离线包中没有。`,
    next: '请使用完整的离线包。',
  }),
  'memory-too-small': (f) => ({
    what: `${f.entry} 需要 ${bytesText(f.needBytes)} 内存，可用 ${bytesText(f.availableBytes)}。`,
    next: '请停止其他程序，或选择更小的模型。',
  }),
  'disk-too-small': (f) => ({
    what: `${f.path} 需要 ${bytesText(f.needBytes)} 可用空间，现有 ${bytesText(f.freeBytes)}。`,
    next: `请至少再腾出 ${bytesText(f.needBytes - f.freeBytes)}。`,
  }),
  'too-few-inodes': (f) => ({
    what: `${f.path} 约需再容纳 ${f.neededFiles} 个文件，现仅可容纳 ${f.freeFiles} 个（inode）。`,
    next: '请删除该处不再需要的内容：大量小文件比大文件占用更多 inode。',
  }),
  'appliance-unknown': (f) => ({
    what: `没有名为“${f.name}”的服务器记录。`,
    next: `已保存：${f.known.join('、') || '无'}。`,
  }),
  'demo-unknown': (f) => ({
    what: `没有名为“${f.name}”的演示一体机。`,
    next: `现有演示一体机：${f.known.join('、') || '无'}。`,
  }),
  'demo-not-started': (f) => ({
    what: `演示一体机 ${f.name} 无法启动：${f.detail}。`,
    next: '请重试；若仍无法启动，请移除该演示一体机并重新创建。',
  }),
  'credential-unknown': () => ({ what: '本机已没有该一体机的登录方式。', next: '请重新提供密钥文件或密码。' }),
  ...runFailures,
  ...operatorFailures,
  ...vaultFailures,
  ...backupFailures,
  ...updateFailures,
  ...publisherFailures,
  ...ownKeyFailures,
  ...rolloutFailures,
  ...servingFailures,
  ...settingFailures,
  ...privilegeFailures,
  'name-not-confirmed': (f) => ({
    what: `需要输入“${f.asked}”，实际输入的是“${f.typed}”。`,
    next: '没有更改任何内容。请按显示的名称原样输入。',
  }),
  'host-not-typed': (f) => ({
    what: `此操作需要输入“${f.asked}”，但当前无法询问。`,
    next: `请在终端中执行，或查看计划后加上 --type-host ${f.asked}。`,
  }),
  'known-hosts-unusable': (f) => ({
    what: `已知主机列表第 ${f.line} 行无法使用：${f.problem}。`,
    next: '没有导入任何内容。请更正或删除该行后重新导入。',
  }),
  'ssh-config-unusable': (f) => ({
    what: `${f.file} 第 ${f.line} 行无法使用：${f.problem}。`,
    next: '请更正该行，或手动添加一体机。',
  }),
  'input-invalid': (f) => ({ what: `${f.call} 收到了不接受的输入：${f.problem}。`, next: '请更正后重试。' }),
  'state-too-new': (f) => ({
    what: `${f.folder} 由更新的版本写入（格式 ${f.found}，本版本支持到 ${f.supported}）。`,
    next: '请使用更新的版本。',
  }),
  'state-unwritable': (f) => ({
    what: `文件夹 ${f.folder} 不可用：${f.detail}。`,
    next: '请释放空间或修正其权限，或用 RACKSIDE_HOME 指定其他文件夹。',
  }),
  'audit-unwritable': (f) => ({
    what: `审计记录无法写入，因此未执行任何操作：${f.detail}。`,
    next: '请腾出空间或修正状态文件夹的权限。',
  }),
  'audit-end-unwritten': (f) => ({
    what: `操作已执行，但审计中没有写入其结果：${f.detail}。`,
    next: '再次执行前请先确认它已留下什么。请腾出空间或修正状态文件夹的权限。',
  }),
  'audit-unreadable': (f) => ({
    what: `${f.file} 不能作为审计读取：${f.detail}。`,
    next: '请指定控制台的状态文件夹或其副本、一个审计文件，或一个检查点文件。',
  }),
  'audit-not-exported': (f) => ({
    what: `检查点未能送达 ${f.to}：${f.detail}。`,
    next: '请修复该文件夹或接收端；缺少的内容会随下一个检查点补送。',
  }),
  'console-lost': () => ({
    what: '此窗口与 Rackside 的连接已中断。',
    next: '窗口会自动重试，已部署的服务照常运行。如果 Rackside 已退出，部署会停在当前步骤，重新启动后可继续。',
  }),
  'window-refused': (f) => ({
    what: windowRefused[f.reason],
    next: '请打开 Rackside 启动时显示的地址，或在已打开的窗口中使用“打开新窗口”。',
  }),
  'port-busy': (f) => ({
    what: `本机端口 ${f.port} 已被其他程序占用。`,
    next: '请用 --port 指定其他端口；不指定则自动选用空闲端口。',
  }),
  'recorder-alert-unusable': (f) => ({
    what: `记录器无法使用通知渠道 ${f.channel}：${recorder.unusable[f.problem]}。`,
    next:
      f.problem === 'no-curl'
        ? '请在服务器上安装 curl，或不为记录器选择通知渠道。'
        : '请选择其他渠道：不加签的 Webhook，或不加签的企业微信、钉钉、飞书机器人。',
  }),
  'alert-channel-failed': (f) => ({
    what: `渠道 ${f.channel} 未接收消息：${alerts.problems[f.problem]}${f.detail === '' ? '' : `（${f.detail}）`}。`,
    next: '请更正该渠道或排除障碍后重试。告警会保留一天。',
  }),
  'no-browser': (f) => ({
    what: '无法在本机打开浏览器。',
    next: `请在本机浏览器中打开：${f.url}`,
  }),
  'desktop-unavailable': (f) => ({
    what: `无法打开桌面窗口：${desktop[f.reason]}。${f.detail}`,
    next: '请改用浏览器：npm run web。',
  }),
  'owner-gone': (f) => ({ what: `持有状态文件夹的控制台已退出：${f.detail}。`, next: '请重新执行该命令。' }),
  cancelled: (f) => ({ what: `已在 ${f.at} 之前取消。`, next: '重新执行同一命令即可继续。' }),
  internal: (f) => ({
    what: `rackside 自身出错，命令已中止：${f.detail}\n若当时正在执行部署，其进度未知。`,
    next: '请先用 rackside status 查看服务器，再将以上信息反馈给开发者。',
  }),
  usage,
}

function rejectedText(rejected: readonly RejectedVariant[]): string {
  const { named, others } = namedRejections(rejected)
  const texts = named.map(
    (r) => `${rejectedName(r)}：${r.rejections.map((x) => rejectionText(x, rejections)).join('；')}`,
  )
  return [...texts, ...(others === 0 ? [] : [rejections.others(others)])].map((text) => `${text}。`).join('')
}
