// The Chinese set (zh-CN).
import type { Words } from '../words.ts'
import { acceptance } from './acceptance.ts'
import { alerts } from './alerts.ts'
import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { bench } from './bench.ts'
import { bundle } from './bundle.ts'
import { canary } from './canary.ts'
import { catalog } from './catalog.ts'
import { cautions } from './cautions.ts'
import { cli } from './cli.ts'
import { connect } from './connect.ts'
import { demo } from './demo.ts'
import { desktop } from './desktop.ts'
import { devices } from './devices.ts'
import { evaluation } from './evaluation.ts'
import { evidence } from './evidence.ts'
import { failures } from './failures.ts'
import { incident } from './incident.ts'
import { logs } from './logs.ts'
import { operators } from './operators.ts'
import { ownKey } from './own-key.ts'
import { privilegeWords } from './privileges.ts'
import { publishers } from './publishers.ts'
import { recorder } from './recorder.ts'
import { rejections } from './rejections.ts'
import { rollout } from './rollout.ts'
import { settingWords } from './settings.ts'
import { shells } from './shells.ts'
import { support } from './support.ts'
import { terminal } from './terminal.ts'
import { trust } from './trust.ts'
import { update } from './update.ts'
import { upkeep } from './upkeep.ts'
import { vault } from './vault.ts'
import { vendor } from './vendor.ts'

export const chinese: Words = {
  language: 'zh-CN',
  acceptance,
  alerts,
  incident,
  audit,
  cli,
  catalog,
  bundle,
  connect,
  demo,
  evidence,
  operators,
  vault,
  backup,
  update,
  support,
  ownKey,
  upkeep,
  trust,
  publishers,
  vendor,
  bench,
  devices,
  canary,
  evaluation,
  recorder,
  logs,
  terminal,
  rollout,
  shells,
  desktop,
  failures,
  rejections,
  settings: settingWords,
  cautions,
  privileges: privilegeWords,
  verdicts: { healthy: '正常', degraded: '降级', down: '故障', unknown: '未知', stale: '数据过期' },
  verdictReasons: {
    answers: '已由流式输出验证应答',
    embeds: '可将文本转换为向量，已实际验证',
    ranks: '可将正确文本排在首位，已由三个问题验证',
    'api-answers': '可接收请求',
    'page-answers': '接受请求，页面可打开',
    'check-passes': '自身检查正常',
    'nothing-deployed': 'Rackside 尚未在此安装任何服务',
    missing: '曾安装，但容器已不存在',
    'not-running': '容器未运行',
    starting: '正在启动',
    'port-closed': '端口没有响应',
    'not-ready': '已运行，但尚不接受请求',
    'model-missing': '模型不在其列表中',
    'keys-unchecked': '无密钥也能访问，或其密钥无法使用',
    'not-published': '在其地址上无法访问所发布的应用',
    'no-tokens': '无法生成 token',
    'on-processor': '可应答，但未使用计划的加速卡，而是在处理器上计算',
    'answer-odd': '可应答，但输出为空、乱码或不断重复',
    'no-vectors': '无法将文本转换为可用的向量',
    'no-ranking': '无法将正确文本排在首位',
    'metrics-unreadable': '可应答，但指标无法读取',
    'page-fails': '页面无法打开',
    'check-fails': '自身检查未通过',
    'probe-failed': '可应答，但未通过供应商的探测',
    'canary-failed': '可应答，但固定测试题未全部合格（rackside canary list）',
    'a-deployment-is-not-healthy': '有服务不正常',
    'accelerator-ill': '可正常应答，但有加速卡告警',
    'accelerator-unreadable': '可正常应答，但有加速卡无法读取',
    'cannot-look': '无法检查',
    'only-watched': '仅供监视，未验证其能否应答',
  },
  hardwareTroubles: {
    answersBut: (said) => `可正常应答，但 ${said}`,
    are: {
      critical: (who) => `${who} 严重告警`,
      alarm: (who) => `${who} 告警`,
      unreadable: (who) => `${who} 无法读取`,
    },
    unread: (kind, count) => (count === undefined ? `${kind} 无法读取` : `${count} 个 ${kind} 无法读取`),
    many: (kind, count) => `${count} 个 ${kind}`,
    and: (parts) => parts.join('、'),
  },
  silences: {
    noAnswer: (tool, time) => `${tool} 自 ${time} 起没有响应`,
    gone: (tool) => `${tool} 已不存在`,
  },
  rungs: {
    process: '进程运行',
    port: '端口有响应',
    ready: '接受请求',
    'model-listed': '模型已列出',
    keys: '无密钥则拒绝访问',
    published: '可通过 TLS 访问应用',
    'one-token': '可流式生成',
    embeds: '可将文本转换为向量',
    ranks: '可将正确文本排在首位',
    metrics: '指标可读',
    page: '页面可打开',
    checked: '自身检查通过',
  },
  probes: {
    passed: (probe, at) => `供应商探测 ${probe} 已通过（${at}）`,
    failed: (probe, at) => `供应商探测 ${probe} 未通过（${at}）`,
  },
  steps: {
    artifact: (s) => `将 ${s} 复制到服务器`,
    image: (s) => `加载镜像 ${s}`,
    'model-folder': (s) => `组成模型文件夹 ${s}`,
    network: (s) => `创建网络 ${s}`,
    container: (s) => `启动 ${s}`,
    ready: (s) => `等待 ${s} 接受请求`,
    job: (s) => `运行作业 ${s}`,
    probe: (s) => `运行探测 ${s}`,
    'absent-container': (s) => `停止并移除 ${s}`,
    'absent-network': (s) => `移除网络 ${s}`,
    'absent-image': (s) => `移除镜像 ${s}`,
    'absent-made': (s) => `从系统中移除 ${s.replace(/^\d+\./, '')}`,
    'absent-rackside': () => '移除 Rackside 的文件',
    'spare-image': (s) => `移除镜像 ${s}（保留的版本已不再需要）`,
    'spare-model-folder': (s) => `拆除模型文件夹 ${s}（保留的版本已不再需要）`,
    'spare-artifact': (s) => `移除文件 ${s}（保留的版本已不再需要）`,
    directory: (s) => `创建文件夹 ${s}`,
    file: (s) => `写入文件 ${s}`,
    account: (s) => `创建系统账户 ${s}`,
    volume: (s) => `创建数据卷 ${s}`,
    secret: (s) => `生成密钥 ${s}`,
    'service-file': (s) => `写入配置 ${s}`,
    certificate: (s) => `生成 ${s} 的证书`,
    'absent-secret': (s) => `移除密钥 ${s}（已无服务使用）`,
    'kernel-parameter': (s) => `设置内核参数 ${s}`,
    'host-package': (s) => `安装软件包 ${s}`,
    reboot: (s) => `由管理员重启服务器（${s} 需要）`,
    'systemd-unit': (s) => `启动系统服务 ${s}`,
    recorder: () => '启动记录器，在没有控制台监控时继续采样',
    'runtime-registration': (s) => `向引擎登记运行时 ${s}`,
  },
  stepReasons: {
    'artifact-missing': '服务器上尚无',
    'artifact-there': '已存在',
    'artifact-unchecked': '已存在：将核对一次 sha256，不一致时才重新发送',
    'image-missing': '尚未加载',
    'image-there': '已加载',
    'network-missing': '尚未创建',
    'network-there': '已存在',
    'container-missing': '尚未安装',
    'container-same': '已按相同设置运行',
    'container-differs': '当前设置不同，将被替换',
    'container-unproven': '已被中断的部署替换，仍需观察是否稳定',
    'container-stopped': '已安装但已停止',
    'not-ready-yet': '尚未应答',
    'answers-already': '已可应答',
    'job-not-run': '尚未按当前版本和配置运行',
    'job-run': '已运行过',
    'probe-due': '对届时运行的版本尚未通过',
    'probe-passed': '对当前版本已通过',
    'made-by-rackside': '由 Rackside 创建',
    'gone-already': '已不存在',
    'used-by-others': '保留：其他容器正在使用',
    'needed-no-more': '保留的版本和容器都不再需要',
    'still-needed': '保留：保留的版本或容器仍需要',
    'not-there': '尚不存在',
    'other-than-wanted': '已存在，但设置不同',
    'weights-incomplete': '已有，但文件不完全相符',
    'there-as-wanted': '已存在且符合要求',
    'certificate-due': '由同一颁发机构续期，访问者的电脑无需重新信任',
    'not-read': '无法检查',
    'unit-stopped': '已存在但未运行',
    'package-older': '已安装的版本较旧',
    'package-broken': '此前的安装中断，将先行修复',
    'reboot-pending': '须由您重启后才能生效',
    'no-reboot-pending': '无需重启',
  },
}
