// Chinese: what happened, and what to do next, for what stands in the way of plans and runs.
import type { FailureOf } from '../../domain/failure.ts'
import type { RunFailureWords } from '../failure-words.ts'

type TaskFailure = FailureOf<'task-failed'>

const taskName = { job: '作业', probe: '探测' } as const
const taskEnds: { readonly [O in TaskFailure['outcome']]: (f: TaskFailure) => string } = {
  passed: (f) => `在 ${f.seconds} 秒后正常结束`,
  exit: (f) => `在 ${f.seconds} 秒后失败，退出状态为 ${f.exitCode}`,
  'time-limit': (f) => `运行 ${f.seconds} 秒后因超过时限被终止`,
  memory: (f) => `运行 ${f.seconds} 秒后因占用内存超过其声明的用量被终止`,
  'not-started': () => '未能启动',
  lost: (f) => `在 ${f.seconds} 秒后被他人终止，或引擎已找不到它`,
}

/** Which version people have now, said honestly. */
function whatRuns(f: TaskFailure): string {
  if (f.undone === true) return `版本 ${f.version} 已撤回，此前的版本已恢复服务。`
  return f.role === 'job' ? '该作业视为未完成。' : `目前运行的是 ${f.of} 的版本 ${f.version}，尚未通过验证。`
}

export const runFailures: RunFailureWords = {
  'plan-unknown': (f) => ({ what: `没有已保存的计划 ${f.planId}。`, next: '请重新制定计划。' }),
  'plan-outdated': (f) => ({
    what: `服务器状态与计划制定时不同：${f.differences.join('；')}。`,
    next: '请重新制定计划并查看。',
  }),
  'version-blocked': (f) => ({
    what: `${f.publisher} 已撤回 ${f.entry} ${f.version}（${f.since}）：${f.reason['zh-CN']}`,
    next: '请使用含较新版本的离线包。正在运行的服务不受影响。',
  }),
  'version-unknown': (f) => ({
    what: `服务器没有保留${f.deployment === '' ? '任何服务' : ` ${f.deployment} `}的版本 ${f.version}；${f.known.length > 0 ? `现有：${f.known.join('、')}` : '没有可回退的版本'}。`,
    next: '请选择已保留的版本，或用包含该版本的离线包部署。',
  }),
  'version-incomplete': (f) => ({
    what: `无法恢复 ${f.deployment} 的版本 ${f.version}：服务器上已没有 ${f.part}。`,
    next: '请用包含该版本的离线包部署。',
  }),
  'approval-needed': () => ({ what: '计划尚未得到批准。', next: '请在终端中执行，或查看计划后加上 --yes。' }),
  'licence-not-accepted': (f) => ({
    what: `需要先接受以下许可条款：${f.licences.join('、')}。`,
    next: `请在计划中阅读条款，然后在终端中接受，或在 --yes 之外加上：${f.licences.map((one) => `--accept-licence ${one}`).join(' ')}`,
  }),
  'opening-not-agreed': (f) => ({
    what: `方案将向局域网开放以下地址，但尚无人同意：${f.openings.join('、')}。`,
    next: '请在方案中确认同意，或重新制定不开放的方案。',
  }),
  'root-not-allowed': (f) => ({
    what: `计划中有需以 root 身份运行的内容，批准计划并不等于批准它们：${f.acts.join('、')}。`,
    next: `请在计划中查看其原文，然后在终端中批准，或在 --yes 之外加上：${f.acts.map((act) => `--allow-root ${act}`).join(' ')}`,
  }),
  'run-in-progress': (f) => ({
    what: `${f.holder} 自 ${f.since} 起正在操作该服务器（${f.runId}）。`,
    next: '请等待该次执行结束，或凭其编号接管：对方将在下一步之前停止。',
  }),
  'console-busy': (f) => ({
    what: `本控制台自 ${f.since} 起正在该处${f.what === 'run' ? '执行部署' : '批量部署'}。`,
    next: '请等待其结束，或先停止它。',
  }),
  'lock-lost': (f) => ({
    what: `在 ${f.at} 之前失去了对服务器的锁，可能已有他人在操作。`,
    next: '重新执行同一命令，将从中断处继续。',
  }),
  'disk-full': (f) => ({
    what: `服务器磁盘已满，位置：${f.path}。${f.undone === true ? '已恢复到此前的状态。' : ''}`,
    next: '请腾出空间后重新执行同一命令，将从中断处继续。',
  }),
  'artifact-damaged': (f) =>
    f.chunk === undefined
      ? {
          what: `${f.artifact}：各块内容均与离线包制作者的签名一致，但整个文件并非其名称所示的文件（sha256 ${f.detail}）。内容未保留。`,
          next: '请勿使用该离线包，并联系其制作者：以该名称保存会被误认为另一个文件。',
        }
      : {
          what: `${f.artifact}：第 ${f.chunk} 块两次到达的内容都与清单不符。`,
          next: '离线包或链路已损坏，请重新复制离线包。',
        },
  'step-failed': (f) => ({
    what: `步骤 ${f.step} 失败${f.undone === true ? '，已恢复到此前的状态' : ''}：${f.detail}`,
    next: '其后的步骤均未执行。请排除原因后重新执行同一命令。',
  }),
  'task-failed': (f) => ({
    what: `${f.of} 的${taskName[f.role]} ${f.task} ${taskEnds[f.outcome](f)}。${whatRuns(f)}${f.output === '' ? '' : `其输出为：${f.output}`}`,
    next:
      f.role === 'job'
        ? '其后的步骤均未执行。请排除原因后重新执行同一命令，作业将从头运行。'
        : '其后的步骤均未执行。请联系供应商，或排除原因后重新执行同一命令，探测将再次运行。',
  }),
  'not-ready': (f) => ({
    what: `${f.deployment} 在 ${f.seconds} 秒内未就绪：${f.detail}`,
    next: '原因通常在其日志中。',
  }),
}
