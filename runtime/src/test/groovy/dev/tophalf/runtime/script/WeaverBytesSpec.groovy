package dev.tophalf.runtime.script

import static org.objectweb.asm.Opcodes.*

import dev.tophalf.runtime.script.weave.WeaveOptions
import org.objectweb.asm.Label
import org.objectweb.asm.MethodVisitor
import spock.lang.Specification

/** Control flow that no Groovy compiler makes. */
class WeaverBytesSpec extends Specification {

    def "code that goes on for ever is ended: #what"() {
        given:
        def woven = new WovenScript(new ScriptSource('test.groovy', ''), HandMade.code(code), WeaveOptions.DEFAULT)

        when:
        woven.call('f')

        then:
        woven.complaints() == ''
        thrown(TestHooks.Kill)

        where:
        what                                     | code
        'a jump to itself'                       | { MethodVisitor m -> def l = new Label(); m.visitLabel(l); m.visitJumpInsn(GOTO, l) }
        'a jump with operands on the stack'      | { MethodVisitor m -> def l = new Label(); m.visitInsn(ICONST_1); m.visitInsn(LCONST_1); m.visitLabel(l); m.visitInsn(ICONST_0); m.visitJumpInsn(IFEQ, l); m.visitInsn(POP2); m.visitInsn(POP) }
        'a table switch back'                    | { MethodVisitor m -> def l = new Label(); m.visitLabel(l); m.visitInsn(ICONST_0); m.visitTableSwitchInsn(0, 1, l, l, l) }
        'the default of a table switch'          | { MethodVisitor m -> def l = new Label(); def k = new Label(); m.visitLabel(l); m.visitInsn(ICONST_5); m.visitTableSwitchInsn(0, 1, l, k, k); m.visitLabel(k) }
        'a lookup switch back'                   | { MethodVisitor m -> def l = new Label(); def k = new Label(); m.visitLabel(l); m.visitInsn(ICONST_0); m.visitLookupSwitchInsn(k, [0] as int[], [l] as Label[]); m.visitLabel(k) }
        'a handler before what it protects'      | { MethodVisitor m ->
            def (handler, start, end) = [new Label(), new Label(), new Label()]
            m.visitTryCatchBlock(start, end, handler, 'java/lang/NullPointerException')
            m.visitJumpInsn(GOTO, start)
            m.visitLabel(handler)
            m.visitInsn(POP)
            m.visitLabel(start)
            m.visitInsn(ACONST_NULL)
            m.visitInsn(ATHROW)
            m.visitLabel(end)
        }
        'a handler that protects itself'         | { MethodVisitor m ->
            def (start, handler, end) = [new Label(), new Label(), new Label()]
            m.visitTryCatchBlock(start, end, handler, null)
            m.visitLabel(start)
            m.visitInsn(ACONST_NULL)
            m.visitInsn(ATHROW)
            m.visitLabel(handler)
            m.visitInsn(POP)
            m.visitInsn(ACONST_NULL)
            m.visitInsn(ATHROW)
            m.visitLabel(end)
        }
        'handlers that protect each other'       | { MethodVisitor m ->
            def (start, one, two, end) = [new Label(), new Label(), new Label(), new Label()]
            m.visitTryCatchBlock(start, two, two, 'java/lang/Throwable')
            m.visitTryCatchBlock(two, end, one, 'java/lang/Throwable')
            m.visitLabel(start)
            m.visitInsn(ACONST_NULL)
            m.visitInsn(ATHROW)
            m.visitLabel(one)
            m.visitInsn(POP)
            m.visitInsn(ACONST_NULL)
            m.visitInsn(ATHROW)
            m.visitLabel(two)
            m.visitInsn(POP)
            m.visitInsn(ACONST_NULL)
            m.visitInsn(ATHROW)
            m.visitLabel(end)
        }
    }

    def "one handler of several types lets all of them through"() {
        given:
        def woven = new WovenScript(new ScriptSource('test.groovy', ''), HandMade.code { MethodVisitor m ->
            def (start, end) = [new Label(), new Label()]
            m.visitTryCatchBlock(start, end, end, 'java/lang/IllegalStateException')
            m.visitTryCatchBlock(start, end, end, 'java/lang/Error')
            m.visitTryCatchBlock(start, end, end, 'java/lang/NullPointerException')
            m.visitLabel(start)
            m.visitInsn(ACONST_NULL)
            m.visitInsn(ATHROW)
            m.visitLabel(end)
            m.visitInsn(POP)
        }, WeaveOptions.DEFAULT)

        when:
        woven.call('f')

        then:
        noExceptionThrown()
        woven.complaints() == ''
    }
}
