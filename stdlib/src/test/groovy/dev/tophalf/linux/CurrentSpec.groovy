package dev.tophalf.linux

class CurrentSpec extends DriverSpecification {
    def "current is the running task, always by the same pointer"() {
        when:
        run '''
                task_struct before = current
                msleep(1)
                pr_info('%s %d\\n', current.comm, before == current && current.pid > 0)'''

        then:
        dmesg().last() == 'insmod 1'
        rules() == []
    }

    def "in an interrupt it is whatever was interrupted, or the idle task"() {
        when:
        press('pr_info("%s %d\\n", current.comm, current.pid); b.presses = current == current ? 1 : 0')

        then:
        dmesg().last() == 'swapper/0 0'
        rules() == []
    }

    def "each CPU has an idle task of its own"() {
        when:
        load """
            MODULE_LICENSE('GPL')
            task_struct first
            DEFINE_TIMER(here, fire)
            DEFINE_TIMER(there, fire)
            static void fire(timer_list t) {
                pr_info('%s %d %d\\n', current.comm, current.pid, first == current)
                first = current
            }
            static int start() {
                here.expires = jiffies + 1
                add_timer_on(here, 0)
                there.expires = jiffies + 2
                add_timer_on(there, 1)
                return 0
            }
            module_init(start)"""

        then:
        dmesg().takeRight(2) == ['swapper/0 0 0', 'swapper/1 0 0']
        rules() == []
    }

    def "two tasks are two pointers"() {
        when:
        press('INIT_WORK(b.work, later); schedule_work(b.work)', '''
            task_struct loader = current
            static void later(work_struct w) { pr_info('%d\\n', current != loader && current.pid != loader.pid) }''')

        then:
        dmesg().last() == '1'
        rules() == []
    }
}
