/** The same orders in other languages: away with what was said, what to find, close it, tell nobody, another role. */
export const foreignOrders: readonly RegExp[] = [
  // Chinese, both scripts
  /(?:忽略|无视|無視|忘记|忘記|不要理会|忽視|忽视|忘掉|跳过|跳過|请忽略).{0,8}(?:之前|以前|先前|上述|以上|前面|此前|所有|一切|全部|你的).{0,8}(?:指令|指示|提示|命令|说明|說明|规则|規則)/u,
  /(?:将|將|把|请|請|标记|標記|标注|视|視|归类|歸類|分类|分類|判定|认定|認定|归为|报告).{0,12}(?:为|為|成|作).{0,3}(?:误报|誤報|良性|正常|安全|无害|無害|低风险|低風險)/u,
  /(?:不要|请勿|請勿|请不要|無需|无需|切勿|别).{0,2}(?:上报|上報|报告|報告|告警|升级|升級|调查|調查|通知|标记|標記)/u,
  /(?:关闭|關閉|结束|結束|忽略|驳回|关掉)(?:掉)?(?:此|该|該|这个|這個|这条|本|這條|这起)(?:安全)?(?:事件|告警|警报|警報|工单|工單|案件|事故)/u,
  /你(?:现在|現在|已经|從現在起)(?:是|扮演|處於|处于)|从现在(?:起|开始),?你/u,
  // Korean
  /(?:이전|위의|앞의|모든|지금까지의).{0,8}(?:지시|명령|프롬프트|지침).{0,6}(?:무시|잊)/u,
  /(?:오탐|정상|무해|안전).{0,4}(?:으로|로|하다고).{0,6}(?:분류|표시|처리|보고|판단)(?:하|해)/u,
  // German
  /(?<!\p{L})(?:ignorier|vergiss|vergessen sie|missachte|beachte nicht|verwirf)\p{L}*.{0,40}(?:anweisung|vorgabe|instruktion|befehl|prompt|regeln)/iu,
  /(?<!\p{L})(?:markier|kennzeichne|klassifizier|behandl|bewerte|stuf)\p{L}*.{0,40}(?:harmlos|gutartig|fehlalarm|unbedenklich|ungefährlich|false.positive|als normal|als sicher)/iu,
  /(?<!\p{L})(?:schließe?|schliesse?|schließen sie|beende|verwirf|ignoriere)n?(?: sie)? (?:diesen|diese|dieses|den|das|alle) (?:\p{L}+ )?(?:vorfall|alarm|ticket|incident|fall|meldung|warnung|warnungen)/iu,
  /(?<!\p{L})(?:melde|eskaliere|untersuche|berichte|alarmiere)n?(?: sie)? .{0,20}nicht(?!\p{L})|(?<!\p{L})(?:du bist|sie sind) (?:jetzt|nun|ab sofort) ein/iu,
  // Spanish and Portuguese
  /(?<!\p{L})(?:ignor[ae]|olvid[ae]|descart[ae]|haz caso omiso|esque[çc]a|desconsidere|omite|deixe de lado)\p{L}*.{0,40}(?:instruccion|instrucci[óo]n|instru[çc][õo]es|órdenes|ordenes|indicaciones|ordens|reglas|regras)/iu,
  /(?<!\p{L})(?:marc|marqu|clasifi|classifi|trat|consider|report|etiquet)\p{L}*.{0,40}(?:benign[oa]|inofensiv|falsos? positivos?|como segur|como normal|legítim)/iu,
  /(?<!\p{L})(?:cierr[ae]|descart[ae]|archiv[ae]|fech[ae]|encerr[ae]|ignor[ae])n? (?:este|esta|el|la|esto|o|a) (?:incidente|alerta|caso|ticket|chamado)(?!\p{L})/iu,
  /(?<!\p{L})(?:no|não) (?:informe|reporte|reportes|escale|escales|alerte|alertes|investigue|investigues|notifique|notifiques|avise|avises|relate)s?(?!\p{L})|(?<!\p{L})(?:ahora|a partir de ahora|agora)(?: tú| tu| você)? (?:eres|é|es) (?:un|una|um|uma)(?!\p{L})/iu,
  // French
  /(?<!\p{L})(?:ignore|oublie|néglige|ne ten(?:ez|ir)? (?:pas|aucun) compte|fais abstraction|faites abstraction)\p{L}*.{0,40}(?:instructions?|consignes?|directives?|règles|ordres)/iu,
  /(?<!\p{L})(?:marque|class|classifi|trait|considèr|signal|étiquett)\p{L}*.{0,40}(?:bénin|inoffensi|faux.positif|sans danger|légitime|comme normal)/iu,
  /(?<!\p{L})(?:ferme|clos|clôture|classe|ignore)[zr]? (?:cet|cette|ce|l[’']) ?(?:incident|alerte|ticket|dossier)|(?<!\p{L})ne (?:signale|rapporte|remonte|alerte|préviens|prévene|escalade|enquête)[zr]?(?: \p{L}+){0,2} (?:pas|rien)(?!\p{L})|(?<!\p{L})(?:tu es|vous êtes) (?:maintenant|désormais)/iu,
  // Italian
  /(?<!\p{L})(?:ignora|dimentica|trascura)\p{L}*.{0,40}(?:istruzioni|ordini|regole)/iu,
  // Russian
  /(?<!\p{L})(?:игнориру|проигнорируй|забудь|не обращай|не учитывай|отбрось)\p{L}*.{0,40}(?:инструкци|указани|команд|правил|промпт)/iu,
  /(?<!\p{L})(?:пометь|отметь|классифицируй|считай|расценивай|обозначь)\p{L}*.{0,40}(?:безопасн|безвредн|ложн|легитимн|нормальн|доброкачеств)/iu,
  /(?<!\p{L})(?:закрой|закройте|отклони|отклоните)\p{L}* (?:этот |эту |это |данный )?(?:инцидент|алерт|оповещени|тикет|заявк|тревог)/iu,
  /(?<!\p{L})не (?:сообщай|докладывай|эскалируй|поднимай тревог|расследуй|уведомляй)\p{L}*|(?<!\p{L})(?:теперь ты|ты теперь|вы теперь|отныне ты)(?!\p{L})/iu,
];
