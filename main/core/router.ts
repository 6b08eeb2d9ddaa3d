// The contract, implemented: every call checked on the way in and out, through the gate, to its use case.
import { implement, type Router } from '@orpc/server'
import { contract } from '../../shared/contract/contract.ts'
import { recordsAtOnce } from '../../shared/contract/evaluation.ts'
import { ok } from '../../shared/domain/failure.ts'
import { checkAcceptance } from './acceptance/check.ts'
import { acceptanceFilesOf } from './acceptance/files.ts'
import { compareKeptAcceptances, listAcceptances, readAcceptance } from './acceptance/kept.ts'
import { acceptAppliance } from './acceptance/run.ts'
import { greetAppliance, trustHostKey } from './access/host-keys.ts'
import { forgetHostKeys, listHostKeys, retrustHostKey } from './access/kept-host-keys.ts'
import { exportKnownHosts, importKnownHosts, previewImport } from './access/known-hosts-import.ts'
import { installOwnKey } from './access/own-key.ts'
import { installWatchHelper, removeWatchHelper, watchHelperTexts } from './access/privilege.ts'
import { retryAppliance } from './access/retry.ts'
import { testConnection } from './access/test-connection.ts'
import { listKept, lockVault, removeKept, vaultState } from './access/vault.ts'
import {
  acknowledgeAlert,
  alertHistory,
  alertSettings,
  endSilence,
  listAlerts,
  setAlertPolicy,
  setAlertRule,
  silenceAlerts,
} from './alerts/alerts.ts'
import { removeChannel, setChannel, testChannel } from './alerts/channels.ts'
import { reportAlert } from './alerts/report.ts'
import { detect, forgetAppliance, listAppliances, saveAppliance, status } from './appliances.ts'
import * as audit from './audit/audit-calls.ts'
import { watching } from './background/background.ts'
import { previewBackup } from './backup/preview.ts'
import { benchCandidates } from './bench/candidates.ts'
import { compareKept, listBenches, readBench } from './bench/kept.ts'
import { stopLoad } from './bench/loading.ts'
import { benchAppliance } from './bench/run.ts'
import { listBrought } from './bundles/brought.ts'
import { checkHandover } from './bundles/check-handover.ts'
import { importBrought, stopImport } from './bundles/imports.ts'
import { inspectBundle, verifyBundle } from './bundles/look.ts'
import { removeBundle } from './bundles/remove.ts'
import { acceptCanary, listCanaries, readCanary } from './canary/kept.ts'
import { askAppliance } from './canary/run.ts'
import { canaryCandidates } from './canary/services.ts'
import { catalogFits, catalogOutlook, listCatalog } from './catalog.ts'
import type { CallSource } from './context.ts'
import { createDemo, drillDemo, listDemos, removeDemo } from './demo/demo.ts'
import { listBundles } from './desk/bundles.ts'
import { listPublishers, pin, removePublisher } from './desk/publishers.ts'
import { proveDevicesLive } from './devices/prove-devices.ts'
import { examineAppliance } from './doctor.ts'
import { compareKeptEvaluations, listEvaluations, readEvaluation, recordsOf } from './evaluation/kept.ts'
import { evaluateAppliance, resumeEvaluation } from './evaluation/run.ts'
import { evaluationCandidates } from './evaluation/services.ts'
import { listSets, takeFound } from './evaluation/sets.ts'
import { validateFirst } from './gate.ts'
import { throughGate } from './gated.ts'
import { askHistory, historySeriesOf, historyStateNow } from './history/ask-history.ts'
import { followLog } from './logs/follow.ts'
import { logSources } from './logs/sources.ts'
import { listNotifications } from './notifications/list.ts'
import { recentSamples, watchAppliance } from './observe.ts'
import { changeOperator, end as endOperators, setPolicy, unlockOperator } from './operators/accounts.ts'
import { askApproval, giveApproval, listApprovals, refuseApproval } from './operators/approvals.ts'
import { listOperators, noteActive, operatorsState, removeNamed, signOutNow } from './operators/own-session.ts'
import { bindOperator, removeProvider, shownProvider, testProvider, unbindOperator } from './operators/provider.ts'
import { fetchRecorded } from './recorder/fetch-recorded.ts'
import { recorderNow, removeRecorder } from './recorder/recorder.ts'
import { holdReplay, recordAppliance } from './recordings.ts'
import { planRollout } from './rollout/rollout-plan.ts'
import { applyRollout, cancelRollout, followRollout, listRollouts, readRollout } from './rollout/rollout-run.ts'
import { confirmSignIn } from './runs/confirm-sign-in.ts'
import { giveOwnCertificate } from './runs/given-certificate.ts'
import { proveLive } from './runs/prove-live.ts'
import { listPublished } from './runs/published.ts'
import { readPlan } from './runs/read-plan.ts'
import { planRenewal } from './runs/renew-certificate.ts'
import { applySetup, cancelSetup, lastRun, planSetupFor, proposeSetups } from './runs/setup.ts'
import { listSignIns, showSecret } from './runs/sign-ins.ts'
import { acceptDrift, listVersions, lookForDrift, planRollBack, planUninstall, uninstall } from './runs/upkeep.ts'
import { gatherSupport } from './support/gather.ts'
import { readSupport, supportArchive } from './support/held.ts'
import { listRecordings, readRecording } from './terminal/kept.ts'
import { closeTerminal, resizeTerminal, typeKeys } from './terminal/keys.ts'
import { openTerminal } from './terminal/open.ts'

const os = implement(contract)
  .$config(validateFirst)
  .$context<CallSource>()
  .use(({ next, ...passing }, input) => throughGate(passing, input, (context) => next({ context })))

export const router: Router<typeof contract, CallSource> = os.router({
  appliances: {
    list: os.appliances.list.handler(({ context }) => listAppliances(context.core)),
    save: os.appliances.save.handler(({ context, input }) => saveAppliance(context.core, input.name, input.target)),
    forget: os.appliances.forget.handler(({ context, input }) => forgetAppliance(context.core, input.name)),
    greet: os.appliances.greet.handler(({ context, input }) => greetAppliance(context.core, input)),
    trust: os.appliances.trust.handler(({ context, input }) => trustHostKey(context.core, input)),
    retry: os.appliances.retry.handler(({ context, input }) => retryAppliance(context.core, input.target)),
    detect: os.appliances.detect.handler(({ context, input }) => detect(context.core, input.target)),
    doctor: os.appliances.doctor.handler(({ context, input }) => examineAppliance(context.core, input.target)),
    status: os.appliances.status.handler(({ context, input }) => status(context.core, input.target)),
  },
  hostKeys: {
    list: os.hostKeys.list.handler(({ context }) => listHostKeys(context.core)),
    retrust: os.hostKeys.retrust.handler(({ context, input }) => retrustHostKey(context.core, input)),
    forget: os.hostKeys.forget.handler(({ context, input }) => forgetHostKeys(context.core, input)),
    previewImport: os.hostKeys.previewImport.handler(({ context, input }) => previewImport(context.core, input.text)),
    import: os.hostKeys.import.handler(({ context, input }) => importKnownHosts(context.core, input.text)),
    export: os.hostKeys.export.handler(({ context }) => exportKnownHosts(context.core)),
  },
  connect: {
    test: os.connect.test.handler(({ context, input, signal }) => testConnection(context.core, input.target, signal)),
  },
  bundles: {
    list: os.bundles.list.handler(({ context }) => listBundles(context.core)),
    brought: os.bundles.brought.handler(({ context }) => listBrought(context.core)),
    import: os.bundles.import.handler(({ context, input, signal }) =>
      importBrought(context.core, input.importId, signal),
    ),
    stopImport: os.bundles.stopImport.handler(({ context, input }) => stopImport(context.core, input.importId)),
    remove: os.bundles.remove.handler(({ context, input }) => removeBundle(context.core, input.place)),
    verify: os.bundles.verify.handler(({ context, input, signal }) => verifyBundle(context.core, input.place, signal)),
    checkHandover: os.bundles.checkHandover.handler(({ context, input, signal }) =>
      checkHandover(context.core, input.place, signal),
    ),
    inspect: os.bundles.inspect.handler(({ context, input }) => inspectBundle(context.core, input)),
  },
  catalog: {
    entries: os.catalog.entries.handler(({ context }) => listCatalog(context.core)),
    outlook: os.catalog.outlook.handler(({ context, input }) => catalogOutlook(context.core, input)),
    fits: os.catalog.fits.handler(({ context, input }) => catalogFits(context.core, input.target)),
  },
  setup: {
    propose: os.setup.propose.handler(({ context, input }) => proposeSetups(context.core, input)),
    readPlan: os.setup.readPlan.handler(({ context, input }) => readPlan(context.core, input.planId)),
    plan: os.setup.plan.handler(({ context, input }) => planSetupFor(context, input)),
    apply: os.setup.apply.handler(({ context, input, signal }) => applySetup(context, input, signal)),
    follow: os.setup.follow.handler(({ context, input, signal }) =>
      context.core.consoleRuns.follow(input.planId, signal),
    ),
    runs: os.setup.runs.handler(({ context }) => ok(context.core.consoleRuns.list())),
    lastRun: os.setup.lastRun.handler(({ context, input }) => lastRun(context.core, input.target)),
    cancel: os.setup.cancel.handler(({ context, input }) => cancelSetup(context.core, input.planId)),
    progress: os.setup.progress.handler(({ context, input, signal }) =>
      context.core.consoleRuns.progress(input.planId, signal),
    ),
    prove: os.setup.prove.handler(({ context, input, signal }) => proveLive(context, input.target, signal)),
    proveDevices: os.setup.proveDevices.handler(({ context, input, signal }) =>
      proveDevicesLive(context.core, input, signal),
    ),
  },
  acceptance: {
    run: os.acceptance.run.handler(({ context, input, signal }) => acceptAppliance(context, input, signal)),
    stop: os.acceptance.stop.handler(({ context, input }) => stopLoad(context.core, input.acceptanceId)),
    list: os.acceptance.list.handler(({ context }) => listAcceptances(context.core)),
    read: os.acceptance.read.handler(({ context, input }) => readAcceptance(context.core, input.acceptanceId)),
    compare: os.acceptance.compare.handler(({ context, input }) => compareKeptAcceptances(context.core, input)),
    files: os.acceptance.files.handler(({ context, input }) => acceptanceFilesOf(context.core, input)),
    check: os.acceptance.check.handler(({ context, input }) => checkAcceptance(context, input)),
  },
  bench: {
    candidates: os.bench.candidates.handler(({ context, input }) => benchCandidates(context.core, input.target)),
    run: os.bench.run.handler(({ context, input, signal }) => benchAppliance(context, input, signal)),
    stop: os.bench.stop.handler(({ context, input }) => stopLoad(context.core, input.benchId)),
    list: os.bench.list.handler(({ context }) => listBenches(context.core)),
    read: os.bench.read.handler(({ context, input }) => readBench(context.core, input.benchId)),
    compare: os.bench.compare.handler(({ context, input }) => compareKept(context.core, input)),
  },
  evaluation: {
    sets: os.evaluation.sets.handler(({ context }) => listSets(context.core)),
    takeSet: os.evaluation.takeSet.handler(({ context, input }) => takeFound(context.core, input.foundId)),
    candidates: os.evaluation.candidates.handler(({ context, input }) =>
      evaluationCandidates(context.core, input.target),
    ),
    run: os.evaluation.run.handler(({ context, input, signal }) => evaluateAppliance(context, input, signal)),
    resume: os.evaluation.resume.handler(({ context, input, signal }) => resumeEvaluation(context, input, signal)),
    stop: os.evaluation.stop.handler(({ context, input }) => stopLoad(context.core, input.evaluationId)),
    list: os.evaluation.list.handler(({ context }) => listEvaluations(context.core)),
    read: os.evaluation.read.handler(({ context, input }) => readEvaluation(context.core, input.evaluationId)),
    records: os.evaluation.records.handler(({ context, input }) => recordsOf(context.core, input, recordsAtOnce)),
    compare: os.evaluation.compare.handler(({ context, input }) => compareKeptEvaluations(context.core, input)),
  },
  canary: {
    candidates: os.canary.candidates.handler(({ context, input }) => canaryCandidates(context.core, input.target)),
    run: os.canary.run.handler(({ context, input, signal }) => askAppliance(context, input, signal)),
    stop: os.canary.stop.handler(({ context, input }) => stopLoad(context.core, input.canaryId)),
    list: os.canary.list.handler(({ context }) => listCanaries(context.core)),
    read: os.canary.read.handler(({ context, input }) => readCanary(context.core, input.canaryId)),
    accept: os.canary.accept.handler(({ context, input }) => acceptCanary(context, input.canaryId)),
  },
  logs: {
    sources: os.logs.sources.handler(({ context, input }) => logSources(context.core, input.target)),
    follow: os.logs.follow.handler(({ context, input, signal }) => followLog(context.core, input, signal)),
  },
  terminal: {
    open: os.terminal.open.handler(({ context, input, signal }) => openTerminal(context, input, signal)),
    type: os.terminal.type.handler(({ context, input }) => typeKeys(context.core, input)),
    resize: os.terminal.resize.handler(({ context, input }) => resizeTerminal(context.core, input)),
    close: os.terminal.close.handler(({ context, input }) => closeTerminal(context.core, input)),
    recordings: os.terminal.recordings.handler(({ context }) => listRecordings(context.core)),
    recording: os.terminal.recording.handler(({ context, input }) => readRecording(context.core, input)),
  },
  rollouts: {
    plan: os.rollouts.plan.handler(({ context, input }) => planRollout(context.core, input)),
    read: os.rollouts.read.handler(({ context, input }) => readRollout(context.core, input)),
    list: os.rollouts.list.handler(({ context }) => listRollouts(context.core)),
    apply: os.rollouts.apply.handler(({ context, input, signal }) => applyRollout(context, input, signal)),
    follow: os.rollouts.follow.handler(({ context, input, signal }) => followRollout(context.core, input, signal)),
    cancel: os.rollouts.cancel.handler(({ context, input }) => cancelRollout(context.core, input)),
  },
  recorder: {
    state: os.recorder.state.handler(({ context, input }) => recorderNow(context.core, input.target)),
    fetch: os.recorder.fetch.handler(({ context, input }) => fetchRecorded(context.core, input.target)),
    remove: os.recorder.remove.handler(({ context, input }) => removeRecorder(context.core, input.target)),
  },
  recordings: {
    record: os.recordings.record.handler(({ context, input }) => recordAppliance(context.core, input.target)),
    replay: os.recordings.replay.handler(({ context, input }) => holdReplay(context.core, input.recording)),
  },
  upkeep: {
    versions: os.upkeep.versions.handler(({ context, input }) => listVersions(context.core, input.target)),
    planRenewal: os.upkeep.planRenewal.handler(({ context, input }) => planRenewal(context.core, input)),
    planRollBack: os.upkeep.planRollBack.handler(({ context, input }) => planRollBack(context.core, input)),
    planUninstall: os.upkeep.planUninstall.handler(({ context, input }) => planUninstall(context.core, input)),
    uninstall: os.upkeep.uninstall.handler(({ context, input, signal }) => uninstall(context, input, signal)),
    published: os.upkeep.published.handler(({ context, input }) => listPublished(context.core, input.target)),
    signIns: os.upkeep.signIns.handler(({ context, input }) => listSignIns(context.core, input.target)),
    confirmSignIn: os.upkeep.confirmSignIn.handler(({ context, input }) => confirmSignIn(context, input)),
    showSecret: os.upkeep.showSecret.handler(({ context, input }) => showSecret(context.core, input)),
    giveCertificate: os.upkeep.giveCertificate.handler(({ context, input }) => giveOwnCertificate(context.core, input)),
    drift: os.upkeep.drift.handler(({ context, input }) => lookForDrift(context.core, input.target)),
    acceptDrift: os.upkeep.acceptDrift.handler(({ context, input }) => acceptDrift(context.core, input.target)),
  },
  privilege: {
    watchHelper: os.privilege.watchHelper.handler(({ input }) => watchHelperTexts(input.user)),
    installWatchHelper: os.privilege.installWatchHelper.handler(({ context, input }) =>
      installWatchHelper(context.core, input),
    ),
    removeWatchHelper: os.privilege.removeWatchHelper.handler(({ context, input }) =>
      removeWatchHelper(context.core, input.target),
    ),
  },
  demo: {
    list: os.demo.list.handler(({ context }) => listDemos(context.core)),
    create: os.demo.create.handler(({ context, input }) => createDemo(context.core, input.preset)),
    remove: os.demo.remove.handler(({ context, input }) => removeDemo(context.core, input.name)),
    drill: os.demo.drill.handler(({ context, input }) => drillDemo(context.core, input)),
  },
  vault: {
    state: os.vault.state.handler(({ context }) => vaultState(context.core)),
    lock: os.vault.lock.handler(({ context }) => lockVault(context.core)),
    list: os.vault.list.handler(({ context }) => listKept(context.core)),
    remove: os.vault.remove.handler(({ context, input }) => removeKept(context.core, input.credentialId)),
  },
  ownKey: {
    install: os.ownKey.install.handler(({ context, input }) => installOwnKey(context.core, input)),
  },
  publishers: {
    list: os.publishers.list.handler(({ context }) => listPublishers(context.core)),
    pin: os.publishers.pin.handler(({ context, input }) => pin(context, input)),
    remove: os.publishers.remove.handler(({ context, input }) => removePublisher(context.core, input)),
  },
  alerts: {
    list: os.alerts.list.handler(({ context }) => listAlerts(context.core)),
    history: os.alerts.history.handler(({ context }) => alertHistory(context.core)),
    report: os.alerts.report.handler(({ context, input }) => reportAlert(context, input.alertId)),
    settings: os.alerts.settings.handler(({ context }) => alertSettings(context.core)),
    acknowledge: os.alerts.acknowledge.handler(({ context, input }) => acknowledgeAlert(context, input.alertId)),
    silence: os.alerts.silence.handler(({ context, input }) => silenceAlerts(context, input)),
    endSilence: os.alerts.endSilence.handler(({ context, input }) => endSilence(context.core, input.quietId)),
    setChannel: os.alerts.setChannel.handler(({ context, input }) => setChannel(context.core, input.channel)),
    removeChannel: os.alerts.removeChannel.handler(({ context, input }) => removeChannel(context.core, input.channel)),
    testChannel: os.alerts.testChannel.handler(({ context, input }) => testChannel(context.core, input.channel)),
    setRule: os.alerts.setRule.handler(({ context, input }) => setAlertRule(context.core, input.override)),
    setPolicy: os.alerts.setPolicy.handler(({ context, input }) => setAlertPolicy(context.core, input.policy)),
  },
  backup: {
    preview: os.backup.preview.handler(({ context }) => previewBackup(context.core)),
  },
  support: {
    gather: os.support.gather.handler(({ context, input }) => gatherSupport(context.core, input)),
    read: os.support.read.handler(({ context, input }) => readSupport(context.core, input)),
    archive: os.support.archive.handler(({ context, input }) => supportArchive(context.core, input.supportId)),
  },
  notifications: {
    list: os.notifications.list.handler(({ context }) => listNotifications(context.core)),
  },
  audit: {
    state: os.audit.state.handler(({ context }) => audit.auditState(context.core)),
    search: os.audit.search.handler(({ context, input }) => audit.searchOwnAudit(context.core, input)),
    verify: os.audit.verify.handler(({ context }) => audit.verifyOwnAudit(context.core)),
    setRetention: os.audit.setRetention.handler(({ context, input }) =>
      audit.setAuditSetting(context.core, { retentionDays: input.days }),
    ),
    setSyslog: os.audit.setSyslog.handler(({ context, input }) => audit.setAuditSetting(context.core, input)),
    checkpoint: os.audit.checkpoint.handler(({ context }) => audit.checkpointOnDemand(context.core)),
    export: os.audit.export.handler(({ context, input }) => audit.exportAudit(context.core, input)),
  },
  operators: {
    state: os.operators.state.handler(({ context }) => operatorsState(context)),
    active: os.operators.active.handler(({ context }) => noteActive(context)),
    signOut: os.operators.signOut.handler(({ context }) => signOutNow(context)),
    list: os.operators.list.handler(({ context }) => listOperators(context.core)),
    change: os.operators.change.handler(({ context, input }) => changeOperator(context.core.operators, input)),
    remove: os.operators.remove.handler(({ context, input }) => removeNamed(context, input.name)),
    unlock: os.operators.unlock.handler(({ context, input }) => unlockOperator(context.core.operators, input.name)),
    setPolicy: os.operators.setPolicy.handler(({ context, input }) => setPolicy(context.core.operators, input.policy)),
    end: os.operators.end.handler(({ context }) => endOperators(context.core.operators)),
    provider: os.operators.provider.handler(({ context }) => shownProvider(context.core)),
    testProvider: os.operators.testProvider.handler(({ context }) => testProvider(context.core)),
    removeProvider: os.operators.removeProvider.handler(({ context }) => removeProvider(context.core)),
    bindSubject: os.operators.bindSubject.handler(({ context, input }) => bindOperator(context.core, input)),
    unbindSubject: os.operators.unbindSubject.handler(({ context, input }) => unbindOperator(context.core, input.name)),
  },
  approvals: {
    list: os.approvals.list.handler(({ context }) => listApprovals(context)),
    ask: os.approvals.ask.handler(({ context, input }) => askApproval(context, input)),
    give: os.approvals.give.handler(({ context, input }) => giveApproval(context, input)),
    refuse: os.approvals.refuse.handler(({ context, input }) => refuseApproval(context, input)),
  },
  observe: {
    watching: os.observe.watching.handler(({ context }) => watching(context.core)),
    watch: os.observe.watch.handler(({ context, input, signal }) => watchAppliance(context.core, input.target, signal)),
    history: os.observe.history.handler(({ context, input }) => askHistory(context.core, input)),
    historySeries: os.observe.historySeries.handler(({ context, input }) =>
      historySeriesOf(context.core, input.target),
    ),
    historyState: os.observe.historyState.handler(({ context }) => historyStateNow(context.core)),
    recent: os.observe.recent.handler(({ context, input }) => recentSamples(context.core, input.target)),
  },
})
