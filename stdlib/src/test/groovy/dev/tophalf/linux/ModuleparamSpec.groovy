package dev.tophalf.linux

import dev.tophalf.linux.kernel.Files
import dev.tophalf.linux.kernel.Modules
import dev.tophalf.runtime.vfs.FileException

class ModuleparamSpec extends DriverSpecification {
    private Integer insmod(String declarations, List<String> arguments, String init = '') {
        load("""
            MODULE_LICENSE('GPL')
            $declarations
            static int start() {
                pr_info('init\\n')
                $init
                return 0
            }
            static void stop() { }
            module_init(start)
            module_exit(stop)""", 'driver.groovy', arguments)
    }

    private String parameter(String name) {
        cat("/sys/module/driver/parameters/$name")
    }

    private int write(String name, String text) {
        int result = 0
        simulation.process('echo') {
            try {
                Files.of(simulation).find("/sys/module/driver/parameters/$name").write(text)
            } catch (FileException failed) {
                result = -failed.errno()
            }
        }
        result
    }

    def "a #type given as #text is #value to the driver and shown as #shown"() {
        expect:
        insmod("$variable\nmodule_param(p, $type, 0644)", text == null ? [] : ["p=$text".toString()], "pr_info('%s\\n', \"\${p}\")") == 0
        dmesg().last() == value
        parameter('p') == shown + '\n'
        rules() == []

        where:
        variable        | type      | text                   || value                  | shown
        'int p = 5'     | 'int'     | null                   || '5'                    | '5'
        'int p = 5'     | 'int'     | '-7'                   || '-7'                   | '-7'
        'int p'         | 'int'     | '0x1f'                 || '31'                   | '31'
        'int p'         | 'int'     | '017'                  || '15'                   | '15'
        'int p'         | 'int'     | '0'                    || '0'                    | '0'
        'u32 p'         | 'uint'    | '4294967295'           || '4294967295'           | '4294967295'
        'uint p'        | 'uint'    | '+3'                   || '3'                    | '3'
        'u32 p'         | 'hexint'  | '0xbeef'               || '48879'                | '0x00beef'
        'long p'        | 'long'    | '-9223372036854775808' || '-9223372036854775808' | '-9223372036854775808'
        'ulong p'       | 'ulong'   | '18446744073709551615' || '18446744073709551615' | '18446744073709551615'
        'u64 p'         | 'ullong'  | '1'                    || '1'                    | '1'
        'short p'       | 'short'   | '-32768'               || '-32768'               | '-32768'
        'u16 p'         | 'ushort'  | '65535'                || '65535'                | '65535'
        'u8 p'          | 'byte'    | '255'                  || '255'                  | '255'
        'bool p'        | 'bool'    | 'on'                   || 'true'                 | 'Y'
        'bool p = true' | 'bool'    | 'off'                  || 'false'                | 'N'
        'bool p = true' | 'bool'    | 'Nonsense'             || 'false'                | 'N'
        'bool p = true' | 'invbool' | 'y'                    || 'false'                | 'Y'
        'String p'      | 'charp'   | 'two words'            || 'two words'            | 'two words'
        'String p'      | 'charp'   | null                   || 'null'                 | '(null)'
        'String p'      | 'charp'   | 'a=b'                  || 'a=b'                  | 'a=b'
    }

    def "a bool is set by its name alone, and - stands for _"() {
        expect:
        insmod('bool be_quiet\nmodule_param(be_quiet, bool, 0444)', ['be-quiet']) == 0
        parameter('be_quiet') == 'Y\n'
    }

    def "#type does not take '#text': error #error"() {
        expect:
        insmod("$type p\nmodule_param(p, $word, 0644)", [text == null ? 'p' : "p=$text".toString()]) == error
        dmesg().last() == "driver: `${text ?: ''}' ${error == -28 ? 'too large' : 'invalid'} for parameter `p'"
        !dmesg().contains('init')
        Modules.of(simulation).loaded() == []
        Files.of(simulation).find('/sys/module/driver') == null
        rules() == []

        where:
        type     | word     | text         || error
        'int'    | 'int'    | 'many'       || -22
        'int'    | 'int'    | ''           || -22
        'int'    | 'int'    | '08'         || -22
        'int'    | 'int'    | '0x'         || -22
        'int'    | 'int'    | '1 2'        || -22
        'int'    | 'int'    | null         || -22
        'int'    | 'int'    | '2147483648' || -34
        'u32'    | 'uint'   | '-1'         || -22
        'u8'     | 'byte'   | '256'        || -34
        'bool'   | 'bool'   | 'maybe'      || -22
        'String' | 'charp'  | 'x' * 1025   || -28
    }

    def "a parameter that the module does not have is ignored, with a message"() {
        expect:
        insmod('int p\nmodule_param(p, int, 0)', ['q=1']) == 0
        dmesg().contains("driver: unknown parameter 'q' ignored")
    }

    def "a file in sysfs is read and written as the parameter"() {
        given:
        insmod('int p = 1\nString s\nmodule_param(p, int, 0644)\nmodule_param(s, charp, 0600)\nint hidden\nmodule_param(hidden, int, 0)', [])

        expect:
        write('p', '42\n') == 0
        parameter('p') == '42\n'
        script.variable('p').get(null) == 42
        write('p', '42x\n') == -22
        write('p', '99999999999\n') == -34
        parameter('p') == '42\n'

        and: 'a string keeps the newline, as in Linux'
        write('s', 'text\n') == 0
        parameter('s') == 'text\n\n'

        and:
        Files.of(simulation).find('/sys/module/driver/parameters/hidden') == null
        Files.of(simulation).find('/sys/module/driver/parameters/s').mode() == 0600

        when:
        unload()

        then:
        Files.of(simulation).find('/sys/module/driver') == null
        rules() == []
    }

    def "a parameter may have another name than its variable"() {
        expect:
        insmod('int debug_level\nmodule_param_named(debug, debug_level, int, 0444)', ['debug=3']) == 0
        parameter('debug') == '3\n'
        script.variable('debug_level').get(null) == 3
    }

    def "an array of #type takes #text: #shown"() {
        expect:
        insmod("$variable\nint n = 0\nmodule_param_array(p, $type, $counter, 0444)", [text], "pr_info('%d\\n', n)") == 0
        parameter('p') == shown + '\n'
        dmesg().last() == count

        where:
        variable                 | type     | counter | text            || shown         | count
        'int[] p = new int[4]'   | 'int'    | 'n'     | 'p=1,-2'        || '1,-2'        | '2'
        'int[] p = new int[4]'   | 'int'    | 'NULL'  | 'p=1,-2'        || '1,-2,0,0'    | '0'
        'int[] p = new int[4]'   | 'int'    | 'null'  | 'p=1,-2'        || '1,-2,0,0'    | '0'
        'u8[] p = new u8[2]'     | 'byte'   | 'n'     | 'p=255,1'       || '255,1'       | '2'
        'u16[] p = new u16[2]'   | 'ushort' | 'n'     | 'p=65535'       || '65535'       | '1'
        's16[] p = new s16[2]'   | 'short'  | 'n'     | 'p=-1'          || '-1'          | '1'
        'u32[] p = new u32[2]'   | 'uint'   | 'n'     | 'p=4294967295'  || '4294967295'  | '1'
        'long[] p = new long[2]' | 'long'   | 'n'     | 'p=-1,5'        || '-1,5'        | '2'
        'bool[] p = new bool[2]' | 'bool'   | 'n'     | 'p=y,n'         || 'Y,N'         | '2'
        'String[] p = new String[2]' | 'charp' | 'n'  | 'p=a,b'         || 'a,b'         | '2'
    }

    def "an array takes no more than it has room for"() {
        expect:
        insmod('int[] p = new int[2]\nmodule_param_array(p, int, NULL, 0444)', ['p=1,2,3']) == -22
        dmesg().takeRight(2) == ['p: can only take 2 arguments', "driver: `1,2,3' invalid for parameter `p'"]
    }

    def "#declaration is refused: #message"() {
        expect:
        insmod("int p\n$declaration", []) == -22
        rules() == ['bad-module-param']
        findings.first().message() == message
        findings.first().site().line() == 4
        !dmesg().contains('init')

        where:
        declaration                              || message
        'module_param(q, int, 0644)'             || "module_param() of 'q', which is no variable of the file"
        'module_param(p, long, 0644)'            || 'module_param() of p, which is no long'
        'module_param(p, number, 0644)'          || "module_param() of p, whose type 'number' is none for parameters"
        'module_param(p, int, 0666)'             || 'module_param() of p with permissions 0666'
        'module_param(p, int, 0244)'             || 'module_param() of p with permissions 0244'
        'module_param(p, int, 01644)'            || 'module_param() of p with permissions 01644'
        'module_param(null, int, 0644)'          || 'module_param() without a name'
        'module_param_array(p, int, NULL, 0444)' || 'module_param_array() of p, which is no int[]'
    }

    def "what is said of a module can be asked"() {
        when:
        insmod("""int p
            module_param(p, int, 0644)
            MODULE_PARM_DESC(p, 'how many')
            MODULE_ALIAS('platform:button')
            String[] match = ['acme,button', 'acme,knob']
            MODULE_DEVICE_TABLE(of, match)""", ['p=2'])
        def module = Modules.of(simulation).loaded().first()

        then:
        module.arguments() == ['p=2']
        module.parameters().all()*.name() == ['p']
        module.parameters().all()*.typeName() == ['int']
        module.parameters().description('p') == 'how many'
        module.info().alias == 'platform:button\nof:N*T*Cacme,button\nof:N*T*Cacme,knob'
        rules() == []
    }
}
