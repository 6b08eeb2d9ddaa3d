// Chinese: what is wrong with a command line.
import { demoPreset, drillName } from '../../domain/demo.ts'
import { itemFault } from '../../domain/evaluation-set.ts'
import type { FailureOf } from '../../domain/failure.ts'
import type { UsageWords } from '../help-words.ts'
import { evaluation } from './evaluation.ts'

const languages = 'en（英文）和 zh-CN（中文）'

const meant = (other: string | undefined) => (other === undefined ? '' : `是否想写“${other}”？`)

/** "12 no-question". */
function firstRefused(other: string | undefined): string {
  const [line = '', fault] = (other ?? '').split(' ')
  const known = itemFault.safeParse(fault)
  return known.success ? evaluation.refusal({ line: Number(line), fault: known.data }) : '文件中没有题目'
}

const problems: UsageWords = {
  'unknown-command': ({ word, other }) => `没有命令“${word}”。${meant(other)}`,
  'unknown-option': ({ word, command, other }) =>
    `${command === undefined ? '' : `“rackside ${command}”`}没有选项 ${word}。${meant(other)}`,
  'option-elsewhere': ({ word, command, other }) => `选项 ${word} 不能用于“rackside ${command ?? ''}”。${meant(other)}`,
  'option-alone': ({ word, other }) => `选项 ${word} 须与 ${other ?? ''} 一起使用。`,
  'value-missing': ({ word }) => `选项 ${word} 后面缺少值。`,
  'value-too-many': ({ word }) => `选项 ${word} 不带值。`,
  'unknown-language': ({ word }) => `不支持语言“${word}”；可选 ${languages}。`,
  'deployment-needed': ({ word, other }) => `多个服务有版本 ${word}：请用 --deployment 指定其一（${other ?? ''}）。`,
  'test-needed': () => '命令结束后不会保持连接：“rackside connect”只用于测试连接，请加上 --test。',
  'no-appliance-named': ({ word: w }) => `“${w}”需要指定服务器：ssh://user@host:port 或已保存的名称。`,
  'one-word-too-many': ({ word: w }) => `多余的参数“${w}”。`,
  'not-an-address': ({ word: w }) => `“${w}”不是 ssh://user@host:port 形式的地址。`,
  'password-in-address': () => '密码不能写在地址中，请使用 --password-stdin。',
  'key-and-password': () => '登录方式只能提供一种：密钥文件、SSH 代理或密码。',
  'not-a-descriptor': ({ word: w }) => `“${w}”不是已打开的文件描述符编号。`,
  'not-a-window': ({ word: w }) => `“${w}”不是维护时段：请写作 22:00-05:00，或只在某几天写作 22:00-05:00/sat,sun。`,
  'not-a-used-model': ({ word: w }) => `“${w}”没有指明已安装的模型：请写作 --use-model 服务=部署 或 部署。`,
  'not-a-setting': ({ word: w }) => `“${w}”不是设置项：请写作 --set 服务.名称=值 或 --unset 服务.名称。`,
  'not-a-service-port': ({ word: w }) =>
    `“${w}”没有指明服务的端口：请写作 --port 服务=端口（1024 至 65535）或 --port 服务=default。`,
  'soak-seconds': ({ word: w }) => `“${w}”不是 0 到 3600 之间的整秒数。`,
  'limit-mbit': ({ word: w }) => `“${w}”不是 1 到 100000 之间的整数（单位 Mbit/s）。`,
  'not-a-series': ({ word: w }) => `“${w}”不是数据项名称。不带 --series 运行可查看全部名称。`,
  'not-a-record-number': ({ word: w }) => `“${w}”不是记录编号：用 "rackside audit" 查看编号。`,
  'not-audit-days': ({ word: w }) => `“${w}”不能作为审计保留期限：以天为单位，至少 183 天（六个月）；六年为 2192 天。`,
  'not-a-checkpoint-place': ({ word: w }) =>
    `“${w}”不能存放检查点：请指定文件夹、syslog 的 udp:主机:端口 或 tcp:主机:端口，或 "off"。`,
  'not-a-time': ({ word: w }) => `“${w}”不是有效的时间：应为 “24h”“7d” 或 2026-11-20T08:00Z，且 --since 早于 --until。`,
  'not-a-format': ({ word: w, other }) => `“${w}”不是可用的格式：${other}。`,
  'not-a-fingerprint': ({ word: w }) => `“${w}”不是指纹，应为 ssh-keygen -lf 显示的 SHA256:… 形式。`,
  'solution-and-folder-needed': ({ word: w }) => `“${w}”需要 --solution 名称和 --from 文件夹或标识。`,
  'not-for-this-machine': ({ word: w }) => `${w} 不能与 local 一起使用：本机无需登录。`,
  'no-credential-named': ({ word: w }) => `“${w}”需要登录凭据的编号；可用 rackside vault list 查看。`,
  'passphrase-source': () => '每个机密都需要单独的来源：一个文件，或一个不被其他内容共用的文件描述符。',
  'passphrase-needed': () =>
    '需要保险库口令：请在终端中输入，或使用 --vault-passphrase-fd N 或 --vault-passphrase-file 文件。',
  'passphrases-differ': () => '两次输入的口令不一致。',
  'no-console-running': ({ word: w }) =>
    `“${w}”用于解锁正在运行的控制台的保险库，而当前没有控制台在运行。请在需要登录的命令中使用 --vault-passphrase-fd 或 --vault-passphrase-file。`,
  'answers-not-saved': () => '--save 会记住登录方式，而一次性回答不能保存。请改用 --identity 文件、--agent 或密码。',
  'password-empty': () => '密码为空。',
  'path-too-long': ({ word: w }) => `${w} 给出的路径过长。`,
  'not-one-address': ({ word: w }) => `--address ${w}：请写本机的一个地址，例如 10.20.0.5。`,
  'not-a-network-name': ({ word: w }) =>
    `--tls-name ${w}：请写用户输入的主机名（小写），例如 rackside.hospital.example。`,
  'not-a-port': ({ word: w }) => `--port ${w}：请写 1024 至 65535 之间的数字。`,
  'no-demo-named': ({ word: w }) => `“${w}”需要演示一体机的名称；可用 rackside demo list 查看。`,
  'unknown-preset': ({ word: w }) => `--preset 可选 ${demoPreset.options.join('、')}，不支持“${w}”。`,
  'unknown-drill': ({ word: w }) =>
    `${w === '' ? '请指定演练' : `没有名为“${w}”的演练`}；可选 ${drillName.options.join('、')}。`,
  'not-on-or-off': ({ word: w }) => `演练只能写 on 或 off，不支持“${w}”。`,
  'operator-needed': ({ word: w }) => `“${w}”需要给出操作员的姓名：字母、汉字、数字，中间可用 . _ @ - 或空格。`,
  'role-needed': ({ word: w }) =>
    `“${w}”至少需要一个角色：viewer、operator、approver、vendor、auditor、administrator。`,
  'not-a-grant': ({ word: w }) => `“${w}”的授权中有无效的发布者标识或服务器名称。`,
  'provider-needed': () => '“operators set-provider”需要 https 的签发者地址，并用 --client-id 给出客户端 ID。',
  'subject-needed': () => '“operators bind”需要操作员姓名和身份提供方的用户标识（sub）。',
  'operators-policy': () => '分钟数为 1 至 120，小时数为 1 至 24，是否须第二人审批写 on 或 off。',
  'plan-needed': ({ word: w }) => `“${w}”需要给出方案或批量部署的编号。`,
  'digest-needed': ({ word: w }) => `“${w}”需要给出您所查看内容的摘要，见审批列表。`,
  'no-publisher-named': ({ word: w }) => `“${w}”需要给出发布者的标识。`,
  'not-a-backup-part': ({ word: w }) => `备份没有 ${w} 这一部分：--with 可用 history 或 recordings。`,
  'no-file-named': ({ word: w }) => `“${w}”需要给出文件路径。`,
  'entry-needed': ({ word: w }) =>
    `哪一个？“rackside ${w}”需要条目的标识；可用 rackside catalog models 查看模型的标识。`,
  'no-such-entry': ({ word: w, other }) => `目录中没有条目“${w}”${other === undefined ? '。' : `；是否指“${other}”？`}`,
  'context-tokens': ({ word: w }) => `“${w}”不是 256 到 2000000 之间的 token 数。`,
  'not-a-host-name': ({ word: w }) => `“${w}”不是带域名的主机名，例如 ai.hospital.example。`,
  'certificate-and-key-needed': () =>
    '“rackside certificate”需要 --certificate 文件 和 --key 文件，或单独使用 --renew。',
  'no-published-sign-in': ({ word: w, other }) =>
    `运行中没有名为“${w}”且仍使用公开初始密码的服务。现有：${other || '无'}。`,
  'no-such-sign-in': ({ word: w, other }) => `没有可显示的“${w}”的密码或密钥。现有：${other || '无'}。`,
  'not-a-local-address': ({ word: w }) => `“${w}”不是局域网中的服务器地址，例如 10.0.0.5 或 10.0.0.5:8443。`,
  'not-own-address': ({ word: w, other }) =>
    `${w} 不是该服务器的地址，无法在此开放。该服务器的地址：${other || '无可供他人访问的地址'}。`,
  'no-way-in': ({ word: w, other }) =>
    `${other} 不含局域网入口（ingress），无法在 ${w} 开放。请向供应商索取带有入口的方案，或不设置此项。`,
  'users-at-once': ({ word: w }) => `“${w}”不是 1 到 10000 之间的人数。`,
  'bundle-needed': ({ word: w }) => `哪一个？“rackside ${w}”需要文件、文件夹或离线包的标识。`,
  'bundle-in-one-file': ({ word: w }) =>
    `${w} 是单个文件形式的离线包。请先执行 rackside bundle import 文件，再使用“rackside bundle list”显示的标识。`,
  'no-such-bundle': ({ word: w, other }) => `没有文件夹 ${w}，也没有唯一同名的离线包。现有：${other || '无'}。`,
  'import-folder-missing': ({ word: w }) => `没有文件夹 ${w}：请先创建，再重新执行该命令。`,
  'not-a-publisher-fingerprint': ({ word: w }) =>
    `“${w}”不是发布者的指纹，应为“rackside vendor sign”显示的 SHA256: 加 43 个字符。`,
  'out-needed': ({ word: w }) => `“rackside ${w}”需要 --out 文件。`,
  'out-other-ending': ({ word: w, other }) =>
    `离线包的文件以 .rsb 结尾，而“${w}”不是：请使用 ${other ?? ''}。未签名，也未写入任何内容。`,
  'part-size': ({ word: w }) => `“${w}”不是有效的分卷大小：至少 1M，例如 64M 或 4G。`,
  'build-needs': () => '需要 --catalog 文件夹、--solution 方案、--sources 文件，以及 --for 或 --hardware 之一。',
  'init-needs': () => '需要文件夹，以及 --publisher-id 标识和 --publisher-name 名称，或已有发布者的 --keys 文件夹。',
  'not-an-id': ({ word: w }) => `“${w}”不是标识：只能用小写字母、数字和连字符，且以字母或数字开头。`,
  'valid-days': ({ word: w }) => `“${w}”不是 1 到 3650 之间的整数天数。`,
  'at-least': ({ word: w }) => `“${w}”不是版本号：应为 1 到 999999999 的整数。`,
  'signing-passphrase-needed': () =>
    '需要发布者密钥的口令：请在终端输入，或使用 --passphrase-fd N 或 --passphrase-file 文件。',
  'catalog-needed': ({ word: w }) => `哪一个？“rackside ${w}”需要文件夹或文件。`,
  'folder-needed': ({ word: w }) => `写到哪里？“rackside ${w}”需要 --out 文件夹。`,
  'user-needed': ({ word: w }) => `为哪个用户？“watch-helper ${w}”需要 --user 用户名。`,
  'login-needed': ({ word: w }) => `如何登录 ${w}？请提供 --identity 文件或 --password-stdin。`,
  'alert-word-needed': ({ word: w, other }) => `“rackside ${w}” 还需要一项：${other ?? ''}。`,
  'not-a-rule': ({ word: w, other }) => `“${w}” 不是告警规则：${other ?? ''}，或 all。`,
  'not-a-time-ahead': ({ word: w }) => `“${w}” 不是将来的时间：--until “90m”“24h”“7d”，或 2026-11-20T08:00Z。`,
  'bench-number': ({ word: w, other }) => `${w}：应为整数，范围 ${other ?? ''}。`,
  'bench-levels': ({ word: w, other }) =>
    `--concurrency ${w}：应为以逗号分隔的整数，范围 ${other ?? ''}，不重复，最多 16 个。`,
  'bench-deployment': ({ word: w, other }) =>
    `那里没有名为“${w}”且正在运行的对话模型或其网关；可选：${other || '无'}。`,
  'bench-which': ({ other }) =>
    other === undefined || other === ''
      ? '那里没有正在运行的对话模型，也没有通往它的网关。'
      : `测哪一个？请在服务器后写明其一：${other}。`,
  'not-an-acceptance': ({ word: w }) => `没有保存编号为“${w}”的验收。rackside acceptance list 可列出编号。`,
  'file-unreadable': ({ word: w, other }) => `无法读取 ${w}：${other ?? ''}。请指定当前用户可读的文件。`,
  'file-unwritable': ({ word: w, other }) => `无法写入 ${w}：${other ?? ''}。请换一个文件夹。`,
  'file-is-there': ({ word: w }) => `${w} 已存在，未被改动。请换一个文件名。`,
  'no-folder-there': ({ word: w }) => `没有文件夹 ${w}；请先创建它再试。未做任何更改。`,
  'canary-deployment': ({ word: w, other }) => `没有名为“${w}”的运行中的模型服务；现有：${other || '无'}。`,
  'canary-not-passed': ({ word: w }) =>
    `${w} 不合格，不能作为以后的对比基准。请认可一次合格的结果，或仅与此前不一致的结果。`,
  'evaluation-deployment': ({ word: w, other }) => `那里没有名为“${w}”且正在运行的对话模型；可选：${other || '无'}。`,
  'evaluation-which': ({ other }) =>
    other === undefined || other === ''
      ? '那里没有正在运行的对话模型。'
      : `评测哪一个？请在服务器后写明其一：${other}。`,
  'evaluation-number': ({ word: w, other }) => `${w}：应为整数，范围 ${other ?? ''}。`,
  'not-an-evaluation': ({ word: w }) => `没有保存编号为“${w}”的评测；可用 rackside evaluate list 查看。`,
  'evaluation-done': ({ word: w }) => `${w} 已全部答完，没有余下的题。`,
  'evaluation-other-model': ({ word: w }) =>
    `那里运行的已不是 ${w} 开始时的模型：换了服务器，或模型、权重、运行时有变化。请重新开始一次评测。`,
  'no-such-set': ({ word: w }) => `这个控制台没有题库“${w}”。请重新导入文件。`,
  'set-too-large': ({ word: w }) => `${w} 超过题库的大小上限（32 MiB）。请拆分后导入。`,
  'set-not-text': ({ word: w }) => `${w} 不是 UTF-8 文本。请另存为 UTF-8 后重新导入。`,
  'set-unknown-form': ({ word: w }) =>
    `${w} 不是可识别的题库：应为含 Question、Options、Answer 列的 CSV（CMExam），每行一个含 question、options、answer_idx 的 JSON（MedQA），或含 question、option、answer 的 JSON 列表（CMB）。`,
  'set-no-items': ({ word: w, other }) => `${w} 中没有可用的题：${firstRefused(other)}。`,
  'not-a-canary': ({ word: w }) => `“${w}”不是保存的结果；可用 rackside canary list 服务器 查看。`,
  'log-container': ({ word: w, other }) => `那里没有名为“${w}”的 Rackside 容器；现有：${other || '无'}。`,
  'logs-open': ({ word: w }) => `这台服务器已有 ${w} 份日志正在读取，再多会占用监测所需的通道：请先关闭一份。`,
  'terminal-here': () => 'Rackside 不在它自己所在的电脑上打开终端：请直接使用本机的终端。',
  'terminals-open': ({ word: w, other }) =>
    other === 'appliance'
      ? `这台服务器已打开 ${w} 个终端，其 sshd 没有更多会话可用：请先关闭一个。`
      : `已打开 ${w} 个终端，这是本控制台同时允许的上限：请先关闭一个。`,
  'terminal-gone': () => '这个终端已经关闭。',
  'terminal-refused': ({ word: w }) =>
    `服务器没有为该登录打开终端：${w}。可能是 sshd 禁止（PermitTTY），或该登录没有可用的 shell。`,
  'no-session-left': ({ word: w }) =>
    `${w} 的 sshd 不再为此连接打开会话：允许的数量（MaxSessions）已被 Rackside 自身用满。请稍后再试，或在服务器上调大该值。`,
  'not-a-recorded-terminal': ({ word: w }) => `“${w}”不是保存的记录；可用 rackside terminal recordings 查看。`,
  'log-lines': ({ word: w, other }) => `--tail ${w}：应为整数，范围 ${other ?? ''}。`,
  'not-a-bench': ({ word: w }) => `“${w}”不是保存的结果；--compare 需要两个编号，可用 --list 查看。`,
}

export function usage(failure: FailureOf<'usage'>): { what: string; next: string } {
  const { problem, command } = failure
  const about = command === undefined ? '' : `${command.split(' ')[0]} `
  return { what: problems[problem](failure), next: `参见：rackside ${about}--help` }
}
