package dev.tophalf.shell.run

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** A run from loading to unloading. */
class RunnerSpec extends Specification {
    /** A driver that says whatever is done to it. */
    static final String TALKER = '''\
        static ssize_t level_show(device dev, device_attribute attr, ptr buf) {
            pr_info('show\\n')
            return sysfs_emit(buf, '5\\n')
        }
        static ssize_t level_store(device dev, device_attribute attr, ptr buf, size_t count) {
            pr_info('store\\n')
            return -EINVAL
        }
        DEVICE_ATTR_RW(level)
        static int talker_probe(platform_device pdev) {
            pr_info('probe\\n')
            return 0
        }
        static void talker_remove(platform_device pdev) { pr_info('remove\\n') }
        platform_driver talker = [
            probe : talker_probe,
            remove: talker_remove,
            driver: [name: 'talker', of_match_table: ['acme,button'], dev_groups: [dev_attr_level]],
        ]
        module_platform_driver(talker)
        MODULE_LICENSE('GPL')
        '''.stripIndent()

    @TempDir
    Path folder

    def "without a scenario every attribute is used, and the device is bound again"() {
        when:
        def result = Runner.run(RunPlan.of(file('talker.groovy', TALKER)))

        then:
        result.outcome() == Outcome.COMPLETED
        result.findings() == []
        said(result) == ['probe', 'show', 'store', 'show', 'remove', 'probe', 'show', 'remove']
    }

    def "without a scenario every button is pressed before and after"() {
        when:
        def result = Runner.run(RunPlan.of(file('press.groovy', '''\
            static irqreturn_t press_irq(int irq, Object regs) {
                pr_info('press\\n')
                writel(1, ((__iomem) regs) + 4)
                return IRQ_HANDLED
            }
            static int press_probe(platform_device pdev) {
                __iomem regs = devm_platform_ioremap_resource(pdev, 0)
                int ret = devm_request_irq(pdev.dev, platform_get_irq(pdev, 0), press_irq, 0, 'press', regs)
                if (ret) return ret
                pr_info('probe\\n')
                writel(1, regs + 8)
                return 0
            }
            platform_driver press = [probe: press_probe, driver: [name: 'press', of_match_table: ['acme,button']]]
            module_platform_driver(press)
            MODULE_LICENSE('GPL')
            '''.stripIndent())))

        then:
        result.findings() == []
        said(result) == ['probe', 'press', 'press', 'probe', 'press', 'press']
    }

    def "the scenario beside a driver is played instead"() {
        given:
        def driver = file('talker.groovy', TALKER)
        file('talker.scenario.groovy', "expect(cat('button0/level'), '5\\n')\n")

        expect:
        said(Runner.run(RunPlan.of(driver))) == ['probe', 'show', 'remove']
    }

    def "the scenario that is asked for comes before the one beside"() {
        given:
        def driver = file('talker.groovy', TALKER)
        file('talker.scenario.groovy', "cat('button0/level')\n")
        def other = file('other.groovy', "rmmod('talker')\n")

        expect:
        said(Runner.run(new RunPlan([driver], null, other, 0, 2, []))) == ['probe', 'remove']
    }

    def "modules are loaded in order and unloaded in reverse"() {
        given:
        def drivers = ['one', 'two', 'three'].collect {
            file("${it}.groovy", module("pr_info('in $it\\n')", "pr_info('out $it\\n')"))
        }

        expect:
        said(Runner.run(RunPlan.of(*drivers))) == ['in one', 'in two', 'in three', 'out three', 'out two', 'out one']
    }

    def "what a scenario demands in vain is a finding with its line, and the modules still go"() {
        given:
        def driver = file('talker.groovy', TALKER)
        def scenario = file('talker.scenario.groovy', "run_for(2)\n$line\ncat('button0/level')\n")

        when:
        def result = Runner.run(RunPlan.of(driver))

        then:
        result.exitStatus() == 1
        result.outcome() == Outcome.COMPLETED
        result.findings()*.rule() == ['scenario']
        result.findings()[0].message() == message
        result.findings()[0].site().toString() == "$scenario:2"
        result.findings()[0].excerpt() == line
        result.findings()[0].timeNs() >= 2_000_000
        said(result).last() == 'remove'

        where:
        line                                   || message
        "expect(cat('button0/level'), '6\\n')" || "expected '6\\n' but got '5\\n'"
        "cat('button0/nothing')"               || 'cat: button0/nothing: No such file or directory'
        "echo('7', 'button0/level')"           || 'echo: button0/level: Invalid argument'
        "act('button9', 'press')"              || 'button9: no such peripheral; this machine has button0'
        "rmmod('other')"                       || 'rmmod: other: is not loaded; loaded: talker'
        "int n = 1 / 0"                        || 'ArithmeticException (/ by zero)'
    }

    def "a scenario knows the verbs and nothing else: #line"() {
        given:
        def driver = file('talker.groovy', TALKER)
        file('talker.scenario.groovy', "$line\n")

        when:
        def result = Runner.run(RunPlan.of(driver))

        then:
        result.outcome() == Outcome.REJECTED
        result.exitStatus() == 2
        result.findings() == []
        result.kernelLog() == []
        result.diagnostics()*.line() == [1]

        where:
        line << ["printk('hello')", 'System.exit(3)', "new File('x')"]
    }

    def "a module that does not want to be loaded is a finding; the scenario is not played"() {
        given:
        def fine = file('fine.groovy', module("pr_info('in\\n')", "pr_info('out\\n')"))
        def broken = file('broken.groovy', module('return -ENODEV', ''))

        when:
        def result = Runner.run(RunPlan.of(fine, broken))

        then:
        result.findings()*.message() == ["insmod: could not insert module $broken: No such device"]
        result.findings()[0].site().file() == broken.toString()
        said(result) == ['in', 'out']
    }

    def "an oops is one finding: the scenario ends, and nothing is unloaded over the ruins"() {
        given:
        def driver = file('oops.groovy', TALKER.replace("pr_info('show\\n')", 'dev_get_drvdata(null)'))

        when:
        def result = Runner.run(RunPlan.of(driver))

        then:
        result.outcome() == Outcome.STOPPED
        result.reason() == 'cat: killed by the kernel'
        result.findings()*.rule() == ['oops']
        result.exitStatus() == 1
    }

    def "a loop without end is over budget"() {
        given:
        def driver = file('loop.groovy', module('while (true) {}', ''))

        when:
        def result = Runner.run(RunPlan.of(driver))

        then:
        result.outcome() == Outcome.BUDGET
        result.findings()*.rule() == ['soft-lockup']
    }

    def "what was found by the rules and by the scenario is in the order of time"() {
        given:
        def driver = file('late.groovy', module('', 'local_irq_disable()\n    msleep(1)\n    local_irq_enable()'))
        file('late.scenario.groovy', "expect('a', 'b')\n")

        expect:
        Runner.run(RunPlan.of(driver)).findings()*.rule() == ['scenario', 'sleep-in-atomic']
    }

    private static String module(String init, String exit) {
        return """\
static int enter() {
    $init
    return 0
}
static void leave() {
    $exit
}
MODULE_LICENSE('GPL')
module_init(enter)
module_exit(leave)
"""
    }

    private static List<String> said(RunResult result) {
        return result.kernelLog()*.text().drop(1)
    }

    private Path file(String name, String text) {
        return Files.writeString(folder.resolve(name), text)
    }
}
