package dev.tophalf.linux

import dev.tophalf.runtime.Simulation
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.script.CompiledScript
import dev.tophalf.runtime.script.Scope
import dev.tophalf.runtime.script.ScriptCompiler
import dev.tophalf.runtime.script.ScriptSource

/** Every context that a driver's code can find itself in, and a driver that goes there. */
abstract class ContextSpecification extends DriverSpecification {
    static final Set<String> IMPLEMENTED = LINUX.api().contracts()*.function() as Set

    /** Each context: the words of the table that a function must list to be called there, and how a driver comes there. */
    static final Map<String, Place> PLACES = [
            'a system call'                          : new Place('process', 'system_call'),
            'a kthread'                              : new Place('process', 'kthread'),
            'a work item'                            : new Place('process', 'work_item'),
            'a threaded irq handler'                 : new Place('process', 'WAKE_THREAD', true),
            'a task under spin_lock()'               : new Place('atomic', 'spinlocked'),
            'a task under spin_lock_bh()'            : new Place('atomic', 'spinlocked_bh'),
            'a task with bottom halves off'          : new Place('atomic', 'bottom_halves_off'),
            'a task with preemption off'             : new Place('atomic', 'preemption_off'),
            'a task with interrupts off'             : new Place('irqs_off', 'interrupts_off'),
            'a task under spin_lock_irqsave()'       : new Place('irqs_off', 'spinlocked_irqsave'),
            'a timer callback'                       : new Place('softirq', 'timer'),
            'a soft hrtimer callback'                : new Place('softirq', 'soft_hrtimer'),
            'a tasklet after an irq'                 : new Place('softirq', 'SCHEDULE', true),
            'a tasklet in ksoftirqd'                 : new Place('softirq', 'tasklet'),
            'a timer callback under spin_lock()'     : new Place('softirq', 'timer_spinlocked'),
            'a timer callback with interrupts off'   : new Place('softirq,irqs_off', 'timer_interrupts_off'),
            'an irq handler'                         : new Place('hardirq', 'HANDLE', true),
            'an irq handler under spin_lock()'       : new Place('hardirq', 'HANDLE_LOCKED', true),
            'an hrtimer callback'                    : new Place('hardirq', 'hrtimer'),
            'an irq work function'                   : new Place('hardirq', 'irq_work'),
    ].findAll { name, place -> place.enter != 'preemption_off' || IMPLEMENTED.contains('preempt_disable') }

    /** A driver that calls {@code act()} in each of them; {@code %s} are the parts of a snippet, and what stands beside them. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        ''' + ContextSnippets.BESIDE + '''
        final int HANDLE = 1
        final int HANDLE_LOCKED = 2
        final int SCHEDULE = 3
        final int WAKE_THREAD = 4

        DEFINE_SPINLOCK(outer)
        DECLARE_TASKLET(soft, in_tasklet)
        DEFINE_TIMER(alarm, in_timer)
        DEFINE_TIMER(locked_alarm, in_timer_spinlocked)
        DEFINE_TIMER(closed_alarm, in_timer_interrupts_off)
        DECLARE_WORK(task, in_work)
        DEFINE_IRQ_WORK(hard, in_irq_work)
        class beat { hrtimer hard; hrtimer soft }
        beat beats = new beat()

        static void act() {
            pr_info('here\\n')
            %2$s
            %3$s // judged
            %4$s
        }

        static void system_call() { act() }
        static int in_kthread(Object data) { act(); return 0 }
        static void kthread() { wake_up_process(kthread_create_on_cpu(in_kthread, null, smp_processor_id(), 'caller/%%u')) }
        static void in_work(work_struct w) { act() }
        static void work_item() { schedule_work(task) }

        static void spinlocked() { spin_lock(outer); act(); spin_unlock(outer) }
        static void spinlocked_bh() { spin_lock_bh(outer); act(); spin_unlock_bh(outer) }
        static void bottom_halves_off() { local_bh_disable(); act(); local_bh_enable() }
        %5$s
        static void interrupts_off() { local_irq_disable(); act(); local_irq_enable() }
        static void spinlocked_irqsave() { long flags = spin_lock_irqsave(outer); act(); spin_unlock_irqrestore(outer, flags) }

        static void in_timer(timer_list t) { act() }
        static void timer() { mod_timer(alarm, jiffies + 1) }
        static void in_timer_spinlocked(timer_list t) { spin_lock(outer); act(); spin_unlock(outer) }
        static void timer_spinlocked() { mod_timer(locked_alarm, jiffies + 1) }
        static void in_timer_interrupts_off(timer_list t) { long flags = local_irq_save(); act(); local_irq_restore(flags) }
        static void timer_interrupts_off() { mod_timer(closed_alarm, jiffies + 1) }
        static void in_tasklet(tasklet_struct t) { act() }
        static void tasklet() { tasklet_schedule(soft) }
        static hrtimer_restart in_hrtimer(hrtimer t) { act(); return HRTIMER_NORESTART }
        static void soft_hrtimer() { hrtimer_start(beats.soft, 1000000, HRTIMER_MODE_REL_SOFT) }
        static void hrtimer() { hrtimer_start(beats.hard, 1000000, HRTIMER_MODE_REL) }
        static void in_irq_work(irq_work w) { act() }
        static void irq_work() { irq_work_queue(hard); udelay(1) }

        static irqreturn_t handler(int irq, Object dev_id) {
            writel(1, a.regs + 0x04)
            if (a.way == HANDLE_LOCKED) spin_lock(outer)
            if (a.way == HANDLE || a.way == HANDLE_LOCKED) act()
            if (a.way == HANDLE_LOCKED) spin_unlock(outer)
            if (a.way == SCHEDULE) tasklet_schedule(soft)
            return a.way == WAKE_THREAD ? IRQ_WAKE_THREAD : IRQ_HANDLED
        }
        static irqreturn_t thread(int irq, Object dev_id) { act(); return IRQ_HANDLED }
        static void way(String name, int cpu) {
            irq_set_affinity(a.irq, cpumask_of(cpu))
            a.way = name == 'HANDLE' ? HANDLE : name == 'SCHEDULE' ? SCHEDULE : name == 'WAKE_THREAD' ? WAKE_THREAD : HANDLE_LOCKED
        }
        static void given() {
            %1$s
        }
        %6$s

        static int probe(platform_device pdev) {
            int irq = platform_get_irq(pdev, 0)
            if (a) {
                a.spare_irq = irq
                return 0
            }
            a = kzalloc(area, GFP_KERNEL)
            a.irq = irq
            a.regs = devm_platform_ioremap_resource(pdev, 0)
            initialise()
            hrtimer_init(beats.hard, CLOCK_MONOTONIC, HRTIMER_MODE_REL)
            beats.hard.function = in_hrtimer
            hrtimer_init(beats.soft, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT)
            beats.soft.function = in_hrtimer
            int ret = request_threaded_irq(a.irq, handler, thread, 0, 'matrix', a)
            writel(1, a.regs + 0x08)
            return ret
        }
        platform_driver drv = [probe: probe, driver: [name: 'matrix', of_match_table: ['acme,button']]]
        module_platform_driver(drv)'''

    static final Machine TWO_BUTTONS = Machine.parse(MACHINE.replaceFirst(/\};\s*$/, '''
            button1: button@10002000 {
                compatible = "acme,button";
                reg = <0x10002000 0x0c>;
                interrupts = <2 4>;
            };
        };'''), 'two.dts')

    /** A context by the words that its row must list. */
    static final class Place {
        final List<String> words
        final String enter
        final boolean byIrq

        Place(String words, String enter, boolean byIrq = false) {
            this.words = words.split(',') as List
            this.enter = enter
            this.byIrq = byIrq
        }

        /** Its words once the caller holds a spinlock or has turned interrupts off there. */
        List<String> within(String state) {
            if (state == null || words == ['hardirq'] || 'irqs_off' in words) {
                return words
            }
            if (words == ['softirq']) {
                return state == ContextSnippets.IRQS_OFF ? ['softirq', 'irqs_off'] : words
            }
            return [state]
        }
    }

    /** The driver that does what {@code snippet} says, see {@link ContextSnippets#ALL}, in the context that it is sent to. */
    static ScriptSource driver(Map<String, ?> snippet, String beside = '') {
        def preemption = IMPLEMENTED.contains('preempt_disable') ? 'static void preemption_off() { preempt_disable(); act(); preempt_enable() }' : ''
        new ScriptSource('driver.groovy',
                String.format(DRIVER, snippet.given ?: '', snippet.before ?: '', snippet.call, snippet.after ?: '', preemption, beside).stripIndent())
    }

    /** The line of the call that {@code source} is about. */
    static int judgedLine(ScriptSource source) {
        source.text().readLines().findIndexOf { it.endsWith('// judged') } + 1
    }

    CompiledScript compile(ScriptSource source) {
        new ScriptCompiler(LINUX.api(), sites).compile(source, Scope.EMPTY)
    }

    /** Loads the driver on a machine that has just been booted, and sends it to {@code place} on that CPU. */
    void visit(ScriptSource source, CompiledScript compiled, Place place, int cpu = 0) {
        simulation.close()
        simulation = Simulation.builder(LINUX, TWO_BUTTONS).sites(sites).boot()
        def inserted = insert(source, compiled)
        assert inserted == 0
        call('given')
        assert rules() == []
        if (place.byIrq) {
            call('way', place.enter, cpu)
            press()
        } else {
            callOn(cpu, place.enter)
        }
        assert dmesg().count('here') == 1
    }

    /** As {@link #call}, in a process that runs on that CPU only. */
    private void callOn(int cpu, String function) {
        def method = script.function(function).first()
        simulation.await(simulation.bound {
            simulation.scheduler().spawn('app', 1 << cpu) { systemCall(method) }
        })
        settle()
    }
}
