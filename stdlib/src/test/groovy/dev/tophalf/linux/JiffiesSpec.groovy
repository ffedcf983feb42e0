package dev.tophalf.linux

/** Time in ticks of a 250th of a second. */
class JiffiesSpec extends DriverSpecification {
    def "#expression is #value"() {
        expect:
        load("MODULE_LICENSE('GPL')\npr_info('%lld\\n', (s64) ($expression))") == 0
        dmesg().last() == value as String
        rules() == []

        where:
        expression                                                    || value
        'msecs_to_jiffies(0)'                                         || 0
        'msecs_to_jiffies(1)'                                         || 1
        'msecs_to_jiffies(4)'                                         || 1
        'msecs_to_jiffies(5)'                                         || 2
        'msecs_to_jiffies(1000)'                                      || 250
        'msecs_to_jiffies(-1)'                                        || (Long.MAX_VALUE >> 1) - 1
        'usecs_to_jiffies(1)'                                         || 1
        'usecs_to_jiffies(8000)'                                      || 2
        'nsecs_to_jiffies(3999999)'                                   || 0
        'nsecs_to_jiffies(8000000)'                                   || 2
        'jiffies_to_msecs(HZ)'                                        || 1000
        'jiffies_to_usecs(3)'                                         || 12000
        'time_after(2, 1) && !time_after(1, 1) && !time_after(1, 2)'  || 1
        'time_after(-0x7fffffffffffffff, 0x7fffffffffffffff)'         || 1
        'time_before(1, 2) && !time_before(2, 2)'                     || 1
        'time_before(0x7fffffffffffffff, -0x7fffffffffffffff)'        || 1
        'time_after_eq(2, 2) && time_before_eq(2, 2)'                 || 1
        'time_in_range(5, 5, 7) && !time_in_range(8, 5, 7)'           || 1
        'time_is_before_jiffies(jiffies - 1)'                         || 1
        'time_is_after_jiffies(jiffies)'                              || 0
    }

    def "a deadline is over when it is"() {
        expect:
        load('''
            MODULE_LICENSE('GPL')
            static int start() {
                long deadline = jiffies + msecs_to_jiffies(20)
                int naps = 0
                while (time_before(jiffies, deadline)) { msleep(4); naps++ }
                pr_info('%d naps\\n', naps)
                return 0
            }
            module_init(start)''') == 0
        dmesg().last() == '5 naps'
    }
}
