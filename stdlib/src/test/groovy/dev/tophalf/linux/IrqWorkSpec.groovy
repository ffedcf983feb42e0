package dev.tophalf.linux

class IrqWorkSpec extends DriverSpecification {
    /** A module with an irq work item in a struct; %s are statements of its start and of its function. */
    static final String DRIVER = '''
        MODULE_LICENSE('GPL')
        class thing { irq_work work; work_struct later; int n }
        DEFINE_IRQ_WORK(ready, ring)
        thing only
        static void ring(irq_work w) { pr_info('ring\\n') }
        static void late(work_struct w) { pr_info('late\\n') }
        static void fire(irq_work w) {
            thing b = container_of(w, thing, work)
            b.n++
            %2$s
        }
        static int start() {
            thing b = kzalloc(thing, GFP_KERNEL)
            only = b
            init_irq_work(b.work, fire)
            INIT_WORK(b.later, late)
            %1$s
            return 0
        }
        static void stop() { irq_work_sync(only.work); cancel_work_sync(only.later); kfree(only) }
        module_init(start)
        module_exit(stop)'''

    private Integer driver(String start, String function = 'pr_info("fired %d\\n", b.n)') {
        load String.format(DRIVER, start, function)
    }

    private List<String> said() {
        dmesg().findAll { it =~ /^(fired|ring|late|n )/ }
    }

    def "irq work runs in hard irq context, as soon as interrupts are let in"() {
        when:
        driver('''local_irq_disable(); pr_info('n %d %d\\n', irq_work_queue(b.work), irq_work_queue(b.work))
                mdelay(1); pr_info('n %d %d\\n', irq_work_is_pending(b.work), irq_work_is_busy(b.work)); local_irq_enable()
                pr_info('n %d %d\\n', irq_work_is_pending(b.work), irq_work_is_busy(b.work))''', "pr_info('fired %d %d\\n', in_hardirq(), irqs_disabled())")
        unload()

        then:
        said() == ['n 1 0', 'n 1 1', 'fired 1 1', 'n 0 0']
        rules() == []
    }

    def "irq_work_queue_on() interrupts the CPU that it names"() {
        when:
        driver('irq_work_queue_on(b.work, 1); irq_work_sync(b.work)', "pr_info('fired %d %d\\n', smp_processor_id(), in_hardirq())")
        unload()

        then:
        said() == ['fired 1 1']
        rules() == []
    }

    def "irq work that a handler queues runs after it"() {
        when:
        press('irq_work_queue(ready); pr_info("n 1\\n")', 'static void ring(irq_work w) { pr_info("ring\\n") }\nDEFINE_IRQ_WORK(ready, ring)')

        then:
        said() == ['n 1', 'ring']
        rules() == []
    }

    def "what is queued with interrupts off runs the latest first, as in Linux"() {
        when:
        driver('local_irq_disable(); irq_work_queue(b.work); irq_work_queue_on(ready, 0); local_irq_enable()')
        unload()

        then:
        said() == ['ring', 'fired 1']
        rules() == []
    }

    def "irq_work_sync() waits for it, also when it queues itself a few times"() {
        when:
        driver('irq_work_queue(b.work); irq_work_sync(b.work); pr_info("n %d\\n", b.n)', 'if (b.n < 3) irq_work_queue(w)')
        unload()

        then:
        said() == ['n 3']
        rules() == []
    }

    def "irq work hands over to a work item"() {
        when:
        driver('irq_work_queue(b.work); irq_work_sync(b.work); flush_work(b.later)', 'schedule_work(b.later)')
        unload()

        then:
        said() == ['late']
        rules() == []
    }

    def "#call in irq work is reported"() {
        when:
        driver('irq_work_queue(b.work)', call)

        then:
        rules().first() == 'sleep-in-atomic'
        findings.first().context().kind().word() == 'hardirq'

        where:
        call << ['msleep(1)', 'kfree(kmalloc(8, GFP_KERNEL))']
    }

    def "memory that goes with irq work pending is reported; after irq_work_sync() it may go"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            class thing { irq_work work }
            static void fire(irq_work w) { }
            static int start() {
                thing b = kzalloc(thing, GFP_KERNEL)
                init_irq_work(b.work, fire)
                local_irq_disable()
                irq_work_queue(b.work)
                $free
                return 0
            }
            module_init(start)"""

        then:
        rules() == expected

        where:
        free                                                || expected
        'kfree(b); local_irq_enable()'                      || ['missing-cancel']
        'local_irq_enable(); irq_work_sync(b.work); kfree(b)' || []
    }

    def "irq work that was only zeroed faults"() {
        when:
        load '''
            MODULE_LICENSE('GPL')
            class thing { irq_work work }
            static int start() { thing b = new thing(); irq_work_queue(b.work); return 0 }
            module_init(start)'''

        then:
        rules() == ['oops']
        findings.first().message().startsWith('irq_work_queue() of irq work that init_irq_work() has not seen')
    }
}
