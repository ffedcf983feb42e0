package dev.tophalf.shell

import dev.tophalf.shell.world.DriverLimits
import dev.tophalf.shell.world.Limit
import dev.tophalf.shell.world.Unit
import java.nio.file.Path

/** How much drivers may use, as the command line says it. */
class LimitsSpec extends CommandLineSpec {
    /** A driver whose init function does {@code %s}. */
    private static String driver(String body) {
        """\
        MODULE_LICENSE('GPL')
        static int deeper(int n) { return n ? deeper(n - 1) + 1 : 0 }
        static int start() {
            $body
            return 0
        }
        static void stop() { }
        module_init(start)
        module_exit(stop)
        """.stripIndent()
    }

    /** A driver of the lab's button whose handler does {@code %s}. */
    private static String handler(String body) {
        """\
        MODULE_LICENSE('GPL')
        class button { __iomem regs; int irq }
        static int deeper(int n) { return n ? deeper(n - 1) + 1 : 0 }
        static irqreturn_t handler(int irq, Object dev_id) {
            button b = dev_id
            writel(1, b.regs + 0x04)
            $body
            return IRQ_HANDLED
        }
        static int probe(platform_device pdev) {
            button b = devm_kzalloc(pdev.dev, button, GFP_KERNEL)
            b.regs = devm_platform_ioremap_resource(pdev, 0)
            b.irq = platform_get_irq(pdev, 0)
            platform_set_drvdata(pdev, b)
            int ret = devm_request_irq(pdev.dev, b.irq, handler, 0, null, b)
            writel(1, b.regs + 0x08)
            return ret
        }
        static void remove(platform_device pdev) {
            button b = platform_get_drvdata(pdev)
            writel(0, b.regs + 0x08)
        }
        platform_driver drv = [probe: probe, remove: remove, driver: [name: 'b', of_match_table: ['acme,button']]]
        module_platform_driver(drv)
        """.stripIndent()
    }

    def "#option #value: #rule, and nothing without it"() {
        given:
        def script = file('driver.groovy', text)

        expect:
        tophalf('run', script) == 0

        and:
        tophalf('run', script, option, value) == 1
        err.empty
        out.readLines().any { it.startsWith("$rule: ") }
        out.contains("\n  again  tophalf run $script $option $value\n")

        where:
        option                | value   | text                                                          || rule
        '--max-ticks'         | '5k'    | driver('for (int i = 0; i < 9000; i++) { }')                  || 'soft-lockup'
        '--max-hardirq-time'  | '100us' | handler('for (int i = 0; i < 50000; i++) { }')                || 'hardirq-too-long'
        '--max-machine-time'  | '50ms'  | driver('for (int i = 0; i < 10; i++) { msleep(10) }')         || 'time-budget'
        '--max-memory'        | '64K'   | driver('int[] a = new int[20000]')                            || 'memory-budget'
        '--max-output'        | '1K'    | driver('for (int i = 0; i < 200; i++) { pr_info("0123456789") }') || 'output-budget'
        '--max-task-stack'    | '4K'    | driver('deeper(200)')                                         || 'stack-overflow'
        '--max-irq-stack'     | '1K'    | handler('deeper(50)')                                         || 'stack-overflow'
    }

    def "#option #value lets a driver have more"() {
        given:
        def script = file('driver.groovy', text)

        expect:
        tophalf('run', script) == 1
        tophalf('run', script, option, value) == 0

        where:
        option               | value | text
        '--max-hardirq-time' | '5ms' | handler('for (int i = 0; i < 200000; i++) { }')
        '--max-memory'       | '1G'  | driver('for (int i = 0; i < 300; i++) { int[] a = new int[300000] }')
        '--max-output'       | '4M'  | driver('for (int i = 0; i < 200000; i++) { pr_info("0123456789") }')
        '--max-task-stack'   | '64K' | driver('deeper(1000)')
        '--max-irq-stack'    | '8K'  | handler('deeper(200)')
    }

    def "a driver that is longer than --max-source is not run"() {
        given:
        def script = file('driver.groovy', driver(''))

        expect:
        tophalf('run', script, '--max-source', '100') == 2
        out.empty
        err == "$script: the file has ${String.format('%,d', driver('').length())} characters; 100 are allowed\n"
    }

    def "a driver that takes longer to compile than --max-compile-time is not run"() {
        given:
        def script = file('driver.groovy', driver('int n = 0\n' + 'n += n * 3 + (n ? 1 : 2)\n' * 2000))

        expect:
        tophalf('run', script, '--max-compile-time', '1ms') == 2
        out.empty
        err == "$script: takes longer than 1 ms to compile\n"
    }

    def "an amount that cannot be is one line: #option #word"() {
        expect:
        tophalf('run', option, word, 'x.groovy') == 2
        out.empty
        err == "tophalf: invalid value for option '$option': '$word' is not $accepted (see tophalf run --help)\n"

        where:
        option               | word                   || accepted
        '--max-ticks'        | 'many'                 || 'a number such as 5000 or 100M, from 1 to 1000G'
        '--max-ticks'        | '0'                    || 'a number such as 5000 or 100M, from 1 to 1000G'
        '--max-ticks'        | '-1'                   || 'a number such as 5000 or 100M, from 1 to 1000G'
        '--max-ticks'        | '99999999999999999999' || 'a number such as 5000 or 100M, from 1 to 1000G'
        '--max-memory'       | '64s'                  || 'a size such as 64K or 1M, from 1 to 64G'
        '--max-memory'       | '999999999999G'        || 'a size such as 64K or 1M, from 1 to 64G'
        '--max-machine-time' | '5'                    || 'a time such as 500ms or 2s, from 1us to 10000h'
        '--max-machine-time' | '5 s'                  || 'a time such as 500ms or 2s, from 1us to 10000h'
        '--max-task-stack'   | '100'                  || 'a size such as 64K or 1M, from 1K to 64K'
        '--max-source'       | '17M'                  || 'a size such as 64K or 1M, from 1 to 16M'
    }

    def "an option of a command does not stand before it"() {
        expect:
        tophalf('--max-ticks', '5', 'run', 'x.groovy') == 2
        err == "tophalf: '--max-ticks' stands after 'run', not before it (see tophalf --help)\n"
    }

    def "#command explains each limit with its default"() {
        when:
        tophalf(*words, '--help')
        def help = out.replaceAll(/\s+/, ' ')

        then:
        Limit.values().every {
            help.contains("${it.option()}=${it.unit().label()} ${it.what()}; ${it.unit().text(it.of(DriverLimits.DEFAULT))} if not given.")
        }

        where:
        words << [[], ['run'], ['grade']]
        command = ['tophalf', *words].join(' ')
    }

    def "#word is #amount of #unit"() {
        expect:
        unit.parse(word) == amount

        where:
        unit       | word    || amount
        Unit.COUNT | '5000'  || 5000
        Unit.COUNT | '5k'    || 5000
        Unit.COUNT | '100M'  || 100_000_000
        Unit.BYTES | '64'    || 64
        Unit.BYTES | '64b'   || 64
        Unit.BYTES | '64K'   || 65536
        Unit.BYTES | '64kb'  || 65536
        Unit.BYTES | '64KiB' || 65536
        Unit.BYTES | '1G'    || 1 << 30
        Unit.TIME  | '5ns'   || 5
        Unit.TIME  | '5us'   || 5000
        Unit.TIME  | '5ms'   || 5_000_000
        Unit.TIME  | '5s'    || 5_000_000_000
        Unit.TIME  | '2min'  || 120_000_000_000
        Unit.TIME  | '1h'    || 3_600_000_000_000
        Unit.TIME  | '5'     || null
        Unit.TIME  | '5m'    || null
        Unit.COUNT | '5kb'   || null
        Unit.BYTES | ''      || null
    }

    def "every limit can be said in words and understood again"() {
        given:
        def limits = Limit.values().inject(DriverLimits.DEFAULT) { all, limit -> limit.set(all, limit.of(all) + 1000000) }

        expect:
        limits.words().size() == 2 * Limit.values().length
        DriverLimits.DEFAULT.words() == []

        when:
        def again = ['--max-ticks', '7', '--max-compile-time', '3s', '--max-irq-stack', '8K']

        then:
        DriverLimits.ofWords(again).words() == ['--max-ticks', '7', '--max-irq-stack', '8K', '--max-compile-time', '3s']
    }

    def "grade gives them to the JVM that judges"() {
        given:
        def exercise = Path.of('..', 'samples', 'exercises', 'sleepy-handler')

        expect:
        tophalf('grade', exercise, exercise.resolve('solution.groovy')) == 0
        tophalf('grade', exercise, exercise.resolve('solution.groovy'), '--max-source', '10') == 1
        out.contains('are allowed')
        tophalf('grade', exercise, exercise.resolve('solution.groovy'), '--max-machine-time', '1us') == 1
    }
}
