package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptCompiler
import dev.tophalf.runtime.script.ScriptRejectedException
import dev.tophalf.runtime.script.ScriptSource
import dev.tophalf.runtime.trace.Sites

/** Waiting for time to pass, asleep or spinning. */
class DelaySpec extends DriverSpecification {
    def "#call takes #us us, begun #begun us after a tick"() {
        when:
        run("long begun = $begun; udelay(begun); u64 t = ktime_get_ns(); $call; pr_info('%llu\\n', (ktime_get_ns() - t) / 1000)")

        then:
        dmesg().last() == us as String
        rules() == []

        where:
        call                           | begun || us
        'msleep(1)'                    | 0     || 4_000
        'msleep(4)'                    | 0     || 4_000
        'msleep(4)'                    | 1_000 || 7_000
        'msleep(5)'                    | 0     || 8_000
        'msleep(0)'                    | 1_000 || 0
        'msleep_interruptible(10)'     | 0     || 12_000
        'ssleep(2)'                    | 0     || 2_000_000
        'usleep_range(30, 100)'        | 0     || 30
        'usleep_range(30, 30)'         | 1_000 || 30
        'usleep_idle_range(30, 100)'   | 0     || 30
        'usleep_range_state(30, 99, 2)'| 0     || 30
        'udelay(30)'                   | 0     || 30
        'mdelay(30)'                   | 0     || 30_000
        'ndelay(5000)'                 | 0     || 5
        'fsleep(10)'                   | 0     || 10
        'fsleep(11)'                   | 1_000 || 11
        'fsleep(20000)'                | 0     || 20_000
        'fsleep(20001)'                | 0     || 24_000
    }

    def "#call #gives way to others on the only CPU"() {
        given:
        simulation.close()
        simulation = Simulation.builder(LINUX, Machine.parse(MACHINE, 'test.dts')).sites(sites).cpus(1).boot()

        when:
        load("""
            MODULE_LICENSE('GPL')
            class thing { work_struct work }
            thing only = new thing()
            static void other(work_struct work) { pr_info('other\\n') }
            static int start() {
                INIT_WORK(only.work, other)
                schedule_work(only.work)
                $call
                pr_info('start\\n')
                return 0
            }
            module_init(start)""")

        then:
        dmesg().takeRight(2) == said
        rules() == []

        where:
        call             || said
        'fsleep(10)'     || ['start', 'other']
        'udelay(30)'     || ['start', 'other']
        'fsleep(11)'     || ['other', 'start']
        'msleep(1)'      || ['other', 'start']
        'usleep_range(1, 2)' || ['other', 'start']
        gives = said.first() == 'other' ? 'gives' : 'does not give'
    }

    def "msleep_interruptible() that nobody interrupts leaves nothing"() {
        when:
        run("pr_info('%lu\\n', msleep_interruptible(10))")

        then:
        dmesg().last() == '0'
    }

    def "#call under a spinlock is reported as #expected"() {
        when:
        run("spin_lock(lock); $call; spin_unlock(lock)")

        then:
        rules() == expected

        where:
        call                       || expected
        'msleep_interruptible(10)' || ['sleep-in-atomic']
        'usleep_range(30, 100)'    || ['sleep-in-atomic']
        'usleep_idle_range(3, 10)' || ['sleep-in-atomic']
        'fsleep(11)'               || ['wrong-context']
        'udelay(30)'               || []
        'mdelay(3)'                || []
        'ndelay(30)'               || []
    }

    def "a range of sleep that ends before it begins is reported, one that is a point is fine"() {
        when:
        run("usleep_range($min, $max)")

        then:
        rules() == expected

        where:
        min | max || expected
        20  | 10  || ['sleep-range-reversed']
        20  | 20  || []
        10  | 20  || []
    }

    def "#call #verdict"() {
        expect:
        errors("static void f(long n) { $call }") == (message ? ["driver.groovy:1:32: $call $message"] : [])

        where:
        call             || message
        'udelay(19999)'  || ''
        'udelay(20000)'  || 'does not link: constants from 20000 on call __bad_udelay(), which is nowhere; use msleep(), or mdelay() where the caller must not sleep'
        'udelay(n)'      || ''
        'ndelay(20000)'  || 'does not link: constants from 20000 on call __bad_ndelay(), which is nowhere; use udelay()'
        'ndelay(19999)'  || ''
        'mdelay(20000)'  || ''
        verdict = message ? 'is refused' : 'compiles'
    }

    private static List<String> errors(String text) {
        try {
            new ScriptCompiler(LINUX.api(), new Sites()).compile(new ScriptSource('driver.groovy', text), Scope.EMPTY)
            return []
        } catch (ScriptRejectedException refused) {
            return refused.diagnostics()*.toString()
        }
    }
}
