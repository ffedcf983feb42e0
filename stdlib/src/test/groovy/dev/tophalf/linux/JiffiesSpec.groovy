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
        'time_is_before_eq_jiffies(jiffies) && time_is_after_eq_jiffies(jiffies)' || 1
        'time_in_range_open(5, 5, 7) && !time_in_range_open(7, 5, 7)' || 1
        'time_after64(2, 1) && time_before64(1, 2)'                   || 1
        'time_before64(0xffffffffffffffff, 1)'                        || 1
        'time_after_eq64(2, 2) && time_before_eq64(2, 2)'             || 1
        'time_in_range64(5, 5, 7)'                                    || 1
        'time_is_before_jiffies64(jiffies_64 - 1)'                    || 1
        'time_is_after_jiffies64(jiffies_64)'                         || 0
        'get_jiffies_64() - jiffies'                                  || 0
        'nsecs_to_jiffies64(8000000)'                                 || 2
        'jiffies_to_nsecs(3)'                                         || 12_000_000
        'jiffies64_to_nsecs(3)'                                       || 12_000_000
        'jiffies64_to_msecs(3)'                                       || 12
        'jiffies_delta_to_msecs(3)'                                   || 12
        'jiffies_delta_to_msecs(-3)'                                  || 0
        'jiffies - INITIAL_JIFFIES'                                   || 0
        'INITIAL_JIFFIES'                                             || 0x1_0000_0000 - 300 * 250
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

    def "the count begins five minutes before it wraps in 32 bits"() {
        when:
        simulation.runUntil(300_000_000_000)
        load("MODULE_LICENSE('GPL')\npr_info('%lx %d\\n', jiffies, time_after(jiffies, INITIAL_JIFFIES))")

        then:
        dmesg().last() == '100000000 1'
    }

    def "#call is #ticks ticks after a whole second"() {
        expect:
        load("""
            MODULE_LICENSE('GPL')
            long second = INITIAL_JIFFIES - INITIAL_JIFFIES % HZ + 2 * HZ
            pr_info('%ld\\n', $call - second)""") == 0
        dmesg().last() == ticks as String

        where:
        call                                                          || ticks
        'round_jiffies(second)'                                       || 0
        'round_jiffies(second + 61)'                                  || 0
        'round_jiffies(second + 62)'                                  || 250
        'round_jiffies_up(second)'                                    || 250
        'round_jiffies_up(second + 1)'                                || 250
        'round_jiffies_relative(second - jiffies + 10) + jiffies'     || 0
        'round_jiffies_up_relative(second - jiffies + 10) + jiffies'  || 250
    }

    def "a time that rounding would make the past stays"() {
        expect:
        load("MODULE_LICENSE('GPL')\npr_info('%ld\\n', round_jiffies(jiffies + 1) - jiffies)") == 0
        dmesg().last() == '1'
    }
}
