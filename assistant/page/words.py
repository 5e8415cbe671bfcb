"""The words of the page itself, in Chinese and English: which of them a reader sees is for the browser to say."""

from __future__ import annotations

from typing import Any

import gradio

from assistant.errors import AssistantError, EncoderUnavailable, GenerationError, IndexDirectoryError, QuestionError

WORDS = {
    # the conversation
    "tab_ask": ("问答", "Ask"),
    "conversation": ("对话", "Conversation"),
    "question": ("问题", "Question"),
    "question_hint": ("例如:专利申请量的目标是多少?", "Ask in Chinese, e.g. 专利申请量的目标是多少?"),
    "ask": ("提问", "Ask"),
    "stop": ("停止", "Stop"),
    "suggestions": ("**可以这样问**(点一下就提问):", "**You could ask** (a click asks):"),
    "clear_filters": ("清除条件", "Clear all"),
    "search_only": ("只检索(列出相关段落,不作回答)", "Search only (list passages, give no answer)"),
    "literal": ("按原话回答", "Answer as I put it"),
    "copy_answer": ("复制回答", "Copy answer"),
    "copy_markdown": ("复制为 Markdown", "Copy as Markdown"),
    "copy_all": ("复制对话", "Copy conversation"),
    "save_word": ("存为 Word", "Save as Word"),
    "save_markdown": ("存为 Markdown", "Save as Markdown"),
    "clear": ("清空", "Clear"),
    "files": ("下载", "Download"),
    # filters
    "filters": ("筛选文件", "Filter documents"),
    "year": ("年份", "Year"),
    "place": ("地区", "Place"),
    "bureau": ("单位", "Bureau"),
    "kind": ("类型", "Kind"),
    "document": ("文件", "Document"),
    # conversations of before
    "history": ("历史对话(只存在本浏览器)", "Earlier conversations (kept in this browser only)"),
    "history_hint": ("选一个,就按现在的文件重新列出", "Choose one: it is answered anew from the documents of today"),
    "forget": ("删除这个对话", "Delete this conversation"),
    "forget_all": ("删除全部历史", "Delete all"),
    # feedback
    "useful": ("有用", "Useful"),
    "useless": ("没用", "Not useful"),
    "wrong_number": ("数字错", "Wrong number"),
    "reason": ("哪里不对?(可以不填)", "What is wrong? (optional)"),
    "send": ("提交", "Send"),
    # tables
    "tab_goals": ("目标一览", "Goals"),
    "tab_measures": ("措施一览", "Measures"),
    "find": ("查找", "Find"),
    "find_hint": ("例如:专利、研发投入", "e.g. 专利"),
    "status": ("状态", "Status"),
    "told": ("数值", "Number"),
    "responsible": ("责任单位", "Responsible"),
    "view": ("看什么", "View"),
    "order": ("排序", "Order"),
    "page_before": ("上一页", "Previous page"),
    "page_after": ("下一页", "Next page"),
    "chart": ("指标对比图", "Chart of an indicator"),
    "chart_hint": (
        "选择一个指标,看它在各文件、各年份的计划与完成",
        "Choose an indicator to see it by document and year, planned and achieved",
    ),
    # files
    "tab_files": ("文件", "Files"),
    "upload": ("把文件拖到这里或点击选择,再点“收入这些文件”", "Drop files here or click to choose, then take them in"),
    "replacing": ("替换同名文件", "Replace files of the same name"),
    "take_in": ("收入这些文件", "Take these files in"),
    "update": ("重新读取文件夹", "Read the folder again"),
    "mend": ("改正标题、年份、地区", "Put title, year or place right"),
    "one_file": ("选一个文件", "Choose a file"),
    "title": ("标题", "Title"),
    "years": ("年份(用空格分开)", "Years (with spaces between)"),
    "save": ("保存", "Save"),
    "delete": ("删除文件", "Delete file"),
    "confirm": ("确认删除,不能恢复", "Yes, delete it for good"),
    # the language model
    "tab_model": ("语言模型", "Language model"),
    "address": ("地址", "Address"),
    "model": ("模型名,或本机模型文件", "Name of the model, or its file on this machine"),
    "key": ("密钥(不显示已有的)", "Key (the present one is not shown)"),
    "try": ("测试", "Try"),
    "take": ("采用", "Use"),
    "leave": ("停用", "Do without"),
}
SENTENCES = {
    "title": "科技局文件问答",
    "not_here": "只能在运行本程序的电脑上设置(地址栏用 127.0.0.1 打开)。",
    "model": "语言模型把检索到的原文写成通顺的回答。每句的数字、单位、年份、地区、口径都与原文核对:相符的标“已核对”,"
    "没有数字的标“概括”,不符的不显示。**模型若在别的机器上,问题和检索到的原文会发送到那里。**\n\n"
    "填写兼容 OpenAI 接口的地址和模型名;或只填本机模型文件(.gguf)。设置到本程序关闭为止;要长期使用,请设置环境变量 "
    "`BUREAU_LLM_BASE_URL`、`BUREAU_LLM_MODEL`、`BUREAU_LLM_API_KEY`。",
    "no_model": "没有使用语言模型,回答都是原文摘录。",
    "empty_panel": "<p class='hint'>回答中的 [1] 等标记可以点击,这里会显示原文段落,引用的字句以底色标出。</p>",
    "record": "科技局文件问答记录",
    "all": "全部",
    "record_file": "问答记录",
    "not_editor": "只有编辑者可以改动文件。",
    "searching": "正在查找……",
    "stopped": "已停止。",
    "thanks": "已记下对“{}”的反馈,谢谢。",
    "thanks_why": "已记下对“{}”的反馈。下面可以写明哪里不对。",
}
"""What the page says to staff, in Chinese alone."""
CHINESE = ("zh", "zh-CN", "zh-TW")
ERRORS: dict[type[AssistantError], tuple[str, str]] = {
    QuestionError: (
        "这不像一个问题:请写一句有文字、不太长的话,例如“专利申请量的目标是多少?”",
        "This is no question: write a sentence with words in it, and not too long a one.",
    ),
    IndexDirectoryError: (
        "索引暂时不能用,请管理员运行 bureau doctor 查看。",
        "The index cannot be used just now; ask who runs it to look with: bureau doctor",
    ),
    EncoderUnavailable: (
        "检索用的模型不能用,请管理员运行 bureau doctor 查看。",
        "The encoder cannot be used; ask who runs it to look with: bureau doctor",
    ),
    GenerationError: ("语言模型没有回答,请再试一次。", "The language model did not answer; try again."),
}
"""What the page says of an error; of others their own words."""

TRANSLATIONS = gradio.I18n(
    **{language: {key: words[0] for key, words in WORDS.items()} for language in CHINESE},
    en={key: words[1] for key, words in WORDS.items()},
)


def word(key: str) -> Any:  # noqa: ANN401 - Gradio takes it for text, and does not say so everywhere
    """A word of the page that the browser shows in its language. Raises KeyError for one that there is not."""
    WORDS[key]
    return TRANSLATIONS(key)


def speaks_english(request: gradio.Request | None) -> bool:
    """Whether the browser asks for English first."""
    asked = str(request.headers.get("accept-language", "")) if request else ""
    return asked.lower().startswith("en")


def told(error: AssistantError, request: gradio.Request | None) -> str:
    """What is said of an error on the page, in the language that the browser asks for."""
    known = next((words for kind, words in ERRORS.items() if isinstance(error, kind)), None)
    return str(error) if known is None else known[speaks_english(request)]
