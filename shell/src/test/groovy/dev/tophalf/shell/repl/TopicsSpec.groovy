package dev.tophalf.shell.repl

import dev.tophalf.shell.repl.command.Commands

/** What the prompt tells about contexts, names, tasks and hardware. */
class TopicsSpec extends PromptSpecification {
    def "ctx answers the three questions for the prompt"() {
        expect:
        printed('ctx').findAll { !it.startsWith(' ') } == [
            'What context am I in?', 'Which invariants apply here?', 'Who owns scheduling right now?']
        out.toString().contains('Process context')
        out.toString().contains('can sleep     yes')
    }

    def "ctx answers for a finding, and for the last one without being asked"() {
        when:
        def lines = printed("insmod ${driver('sleepy', 'msleep(20)')}", 'button0 press', 'DEFINE_SPINLOCK(l)',
                '{ spin_lock(l); msleep(1); spin_unlock(l) }', 'ctx 1')
        def one = lines.drop(lines.indexOf('At finding 1, sleep-in-atomic at sleepy.groovy:7:'))

        then:
        one[2] == '  Hard irq context on cpu0: pressed(), for irq 16 (button0), which interrupted swapper/0.'
        one[3] == '  Interrupts are off; preempt_count is 0x10000.'
        one.any { it.startsWith('  can sleep     no') }
        one.any { it.startsWith('  The hardware:') }
        printed('ctx').any { it.startsWith('At finding ') }
    }

    def "help tells about #name"() {
        expect:
        printed("help $name") == lines

        where:
        name              || lines
        'lsmod'           || ['lsmod', '  show the loaded modules, oldest first']
        'spinlock_t'      || ['struct spinlock_t', '  header  linux/spinlock_types.h',
                              '  member  storage inside its struct, to be initialised before use']
        'EINVAL'          || ['EINVAL is 22 (0x16)']
        'irq_handler_t'   || ['a pointer to a function: int (*)(int irq, Object dev_id)', '  header  linux/interrupt.h']
        'DEVICE_ATTR_RO'  || ['DEVICE_ATTR_RO(name)', '  header    linux/device.h',
                              '  declares  device_attribute dev_attr_name', '  needs     name_show()']
        'cmpxchg'         || ['cmpxchg(place, old, value)', '  header    linux/atomic.h', '  sleeps    never',
                              '  contexts  any']
        'set_bit'         || ['set_bit(long nr, place)', '  header    linux/bitops.h', '  sleeps    never',
                              '  contexts  any']
        'ATOMIC_INIT'     || ['ATOMIC_INIT(int i)', '  header       linux/atomic.h', '  initialises  atomic_t']
        'per_cpu'         || ['per_cpu(place, int cpu)', '  header    linux/percpu.h', '  sleeps    never',
                              '  contexts  any']
        'jiffies'         || ['long jiffies', '  header  linux/jiffies.h']
        'msleep()'        || ['void msleep(u32 msecs)', '  header    linux/delay.h',
                              '  sleeps    yes: every call counts as a sleep', '  contexts  process',
                              '  differs   wakes at the first tick that is not too early; Linux may be a tick late']
    }

    def "man is another word for help on a name"() {
        expect:
        printed('man msleep')[0] == 'void msleep(u32 msecs)'
        session('man msleeep') == 2
        err.toString().contains("nothing is called 'msleeep'; did you mean 'msleep'?")
    }

    def "help lists every command"() {
        expect:
        def lines = printed('help')
        Commands.all().every { command -> lines.any { it.startsWith(command.synopsis()) } }
        lines.any { it.startsWith('button0 press|hold|release') }
    }

    def "there is help on every name of the kernel"() {
        given:
        def names = world.simulation().kernel().api().names()

        expect:
        session(names.collect { "help $it" } as String[]) == 0
        err.toString() == ''
    }

    def "devices shows a peripheral, its driver and its registers"() {
        expect:
        printed("insmod ${driver()}", 'button0').drop(1) == [
            'button0: acme,button',
            '  device     /sys/devices/platform/10001000.button',
            '  driver     counter',
            '  irq        16',
            '  registers  0x00 LEVEL 0x00000000',
            '             0x04 STATUS 0x00000000',
            '             0x08 ENABLE 0x00000001',
            '  press      push it down and let it go',
            '  hold       push it down',
            '  release    let it go',
        ]
    }

    def "irqs shows the lines and who handles them"() {
        expect:
        printed("insmod ${driver()}", 'button0 press', 'irqs').drop(1) == [
            'IRQ  DEVICE   COUNT  STATE    HANDLERS',
            '16   button0  1      enabled  pressed() for counter',
        ]
    }

    def "locks shows who takes them, who has them and in which orders"() {
        given:
        def session = ['DEFINE_SPINLOCK(a)', 'DEFINE_SPINLOCK(b)', 'DEFINE_MUTEX(m)', 'class job { work_struct work }',
                       'job j = kzalloc(job, GFP_KERNEL)',
                       'static void slow(work_struct work) { mutex_lock(m); spin_lock_irq(b); spin_unlock_irq(b); msleep(5000); mutex_unlock(m) }',
                       'INIT_WORK(j.work, slow)', 'spin_lock(a); spin_lock_irq(b); spin_unlock_irq(b); spin_unlock(a)']

        expect:
        printed('locks') == ['no lock was taken yet']
        printed((session + ['schedule_work(j.work)', 'locks']) as String[]).findAll { !it.startsWith('=>') }*.replaceAll(/\d{3}/, 'N')
                .takeRight(7) == [
            'LOCK  TAKEN BY  LETS IN            HELD BY',
            'a     tasks     hard irq, softirq',
            'b     tasks     nothing',
            'm     tasks     hard irq, softirq  kworker/0:0/N since input6:1',
            'ORDERS',
            'a -> b, at input8:1 by sh/N, process context',
            'm -> b, at input6:1 by kworker/0:0/N, process context',
        ]
        printed('locks dot').contains('digraph locks {')
        printed('locks mermaid').contains('flowchart LR')
    }

    def "locks takes a format that it knows"() {
        expect:
        session('locks png') == 2
        err.toString().contains("locks: takes dot or mermaid, but got 'png'")
    }

    def "ps shows who waits for what"() {
        expect:
        printed('class job { work_struct work }', 'job j = kzalloc(job, GFP_KERNEL)',
                'static void slow(work_struct work) { msleep(5000) }', 'INIT_WORK(j.work, slow)',
                'schedule_work(j.work)', 'ps', 'run_for 10s', 'ps').findAll { !it.startsWith('=>') }*.replaceAll(/\d{3}/, 'N') == [
            'PID  STATE   NAME           WAITS FOR',
            'N  sleeps  [kworker/0:0]  time',
            'PID  STATE  NAME           WAITS FOR',
            'N  waits  [kworker/0:0]  work',
        ]
    }
}
