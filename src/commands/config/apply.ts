import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.js'
import { plannedCommissioning } from '../../cli/commissioned-site.js'
import { configurationRequest } from '../../cli/configuration-request.js'
import { confirm } from '../../cli/confirm.js'
import { licenceFlags } from '../../cli/licence-flags.js'
import { signatureFlag, signaturesOf } from '../../cli/signature-flag.js'
import { Fault } from '../../faults/fault.js'
import type { AppliedConfiguration, ConfigurationPlan } from '../../licence/client/configuration-client.js'

export default class ConfigApply extends BaseCommand {
  static override readonly summary = 'push the site file to the licence server'
  static override readonly description =
    `Plans, shows the plan, and makes exactly that plan true, or nothing. The licence key comes from CHATTERFIX_LICENSE_API_KEY.
Exit code 1 where somebody else changed the site meanwhile, or with --require-signed a sensor is not signed; 5 where the licence refuses it.`
  static override readonly examples = [
    '<%= config.bin %> config apply --server http://127.0.0.1:8787 --customer acme --site chatterfix.yaml',
  ]
  static override readonly flags = {
    ...licenceFlags,
    site: string({ description: 'the site file (default chatterfix.yaml)' }),
    ...signatureFlag,
    yes: boolean({ description: 'do not ask on a terminal (elsewhere nothing is ever asked)' }),
  }

  async run(): Promise<AppliedConfiguration & { readonly plan: ConfigurationPlan }> {
    const { flags } = await this.parse(ConfigApply)
    const { applyPlan, planConfiguration } = await import('../../licence/client/configuration-client.js')
    const { refuseViolations } = await import('../../licence/client/refuse-violations.js')
    const { formatApplied, formatPlan } = await import('../../licence/licence-text.js')
    const request = await configurationRequest({ ...flags, site: flags.site }, this.stop.signal)
    const plan = await planConfiguration(request)
    this.say(formatPlan(plan))
    this.foundOut = { plan }
    await plannedCommissioning(request, signaturesOf(flags))
    refuseViolations(request, plan)
    if (plan.actions.length > 0 && !flags.yes && (await confirm('Make it so?', this.stop.signal)) === 'no') {
      throw new Fault('PLAN_DECLINED', { message: 'nothing was pushed: the plan was declined' })
    }
    const applied = await applyPlan({ ...request, plan })
    this.say(formatApplied(applied))
    return { ...applied, plan }
  }
}
